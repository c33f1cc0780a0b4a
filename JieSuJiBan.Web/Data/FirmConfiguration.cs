using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

internal sealed class FirmConfiguration : IEntityTypeConfiguration<FirmRegister>, IEntityTypeConfiguration<FirmList>
{
    public void Configure(EntityTypeBuilder<FirmRegister> register)
    {
        register.IsAggregate();
        register.Property(r => r.Aliases).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<FirmAlias>>(), JsonText.Comparer<IReadOnlyList<FirmAlias>>());
        register.HasIndex(r => r.District).IsUnique();                     // a district has one
    }

    public void Configure(EntityTypeBuilder<FirmList> list)
    {
        list.IsAggregate();
        list.Property(l => l.Month).HasConversion(month => month.ToString(), text => Parse(text)).HasMaxLength(7);
        list.Property(l => l.ProposedBy).HasMaxLength(60);
        list.Property(l => l.Rules).HasConversion((ValueConverter)JsonText.Of<FirmRules>(), JsonText.Comparer<FirmRules>());
        list.Property(l => l.Entries).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<FirmEntry>>(), JsonText.Comparer<IReadOnlyList<FirmEntry>>());
        list.Property(l => l.Editions).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<FirmEdition>>(), JsonText.Comparer<IReadOnlyList<FirmEdition>>());
        list.Ignore(l => l.Standing);
        list.HasIndex(l => new { l.District, l.Month }).IsUnique();        // a month has one list
    }

    private static Month Parse(string text) => Month.TryParse(text, out var month) ? month : default;
}
