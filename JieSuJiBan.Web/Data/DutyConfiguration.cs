using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

internal sealed class DutyConfiguration : IEntityTypeConfiguration<Duty>
{
    public void Configure(EntityTypeBuilder<Duty> duty)
    {
        duty.IsAggregate();
        duty.Ignore(d => d.Terms);
        duty.Property(d => d.Area).HasMaxLength(DutyTerms.MaxName);
        duty.Property(d => d.Group).HasMaxLength(DutyTerms.MaxName);
        duty.Property(d => d.Matter).HasMaxLength(DutyTerms.MaxName);
        duty.Property(d => d.Limit).HasConversion(new LimitConverter()).HasMaxLength(20);
        duty.Property(d => d.CoUnits).HasConversion((ValueConverter)JsonText.Of<IReadOnlyList<CoDuty>>(), JsonText.Comparer<IReadOnlyList<CoDuty>>());
        duty.Property(d => d.Revision).HasConversion(JsonText.Of<DutyTerms>(), JsonText.Comparer<DutyTerms>());

        duty.HasIndex(d => new { d.District, d.Area, d.Group, d.Matter }).IsUnique().HasFilter("\"IsListed\" = 1");  // one matter, one entry
        duty.HasIndex(d => new { d.District, d.WaitsFor, d.ChangedAt });                                         // what waits to be admitted
        duty.HasIndex(d => d.Batch);                                                                             // and what came with it
    }

    private sealed class LimitConverter() : ValueConverter<TimeLimit, string>(limit => limit.ToString(), text => Parse(text))
    {
        private static TimeLimit Parse(string text) => TimeLimit.TryParse(text, out var limit) ? limit : throw new FormatException($"'{text}' is no limit.");
    }
}
