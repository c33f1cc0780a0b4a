using JieSuJiBan.Web.Open311;
using JieSuJiBan.Web.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JieSuJiBan.Web.Data;

internal sealed class IntegrationConfiguration : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("ApiKeys");
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Property(k => k.Name).HasMaxLength(ApiKey.MaxName);
        key.Property(k => k.Prefix).HasMaxLength(20);
        key.Property(k => k.Hash).HasMaxLength(32);
        key.Property(k => k.CreatedBy).HasMaxLength(60);
        key.Property(k => k.CreatedByName).HasMaxLength(100);
        key.HasIndex(k => k.Prefix).IsUnique();                            // whose key is this?
    }

    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("Webhooks");
        webhook.Property(w => w.Id).ValueGeneratedNever();
        webhook.Property(w => w.Name).HasMaxLength(Webhook.MaxName);
        webhook.Property(w => w.Url).HasMaxLength(Webhook.MaxUrl);
        webhook.Property(w => w.CreatedBy).HasMaxLength(60);
        webhook.Property(w => w.CreatedByName).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("WebhookDeliveries");
        delivery.HasKey(d => d.No);
        delivery.Property(d => d.Event).HasMaxLength(60);
        delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId);
        delivery.HasIndex(d => new { d.WebhookId, d.State, d.No });        // what waits for a receiver, in order
    }
}
