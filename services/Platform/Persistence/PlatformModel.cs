using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Platform.Persistence;

/// <summary>The mapping that all services share: plumbing tables, snake_case names, tenant filter and row version.</summary>
internal static class PlatformModel
{
    private static readonly MethodInfo FilterMethod = typeof(PlatformModel).GetMethod(nameof(FilterByTenant), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static void Map(ModelBuilder model)
    {
        model.Entity<Revision>().ToTable("revision").HasKey(r => new { r.Municipality, r.Subject, r.Number });
        model.Entity<RememberedRequest>().ToTable("remembered_request").HasKey(r => new { r.Municipality, r.Caller, r.Action, r.RequestId });
        model.Entity<InboxEntry>().ToTable("inbox").HasKey(e => new { e.Municipality, e.EventId, e.Consumer });
        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox").HasKey(m => new { m.Municipality, m.Position });
            outbox.Property(m => m.Position).ValueGeneratedOnAdd();
            outbox.Property(m => m.Payload).HasColumnType("jsonb");
        });
    }

    public static void ApplyConventions(ModelBuilder model, IopDbContext context)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(e => !e.IsOwned()).ToList())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            }

            if (typeof(Aggregate).IsAssignableFrom(entity.ClrType))
            {
                MapAggregate(model.Entity(entity.ClrType));
            }

            if (typeof(ITenantOwned).IsAssignableFrom(entity.ClrType))
            {
                FilterMethod.MakeGenericMethod(entity.ClrType).Invoke(null, [model, context]);
            }
        }
    }

    private static void MapAggregate(EntityTypeBuilder entity)
    {
        entity.HasKey(nameof(Aggregate.Municipality), nameof(Aggregate.Id));
        entity.Property(nameof(Aggregate.Id)).ValueGeneratedNever();
        entity.Property(nameof(Aggregate.RowVersion)).HasColumnName("xmin").HasColumnType("xid").IsRowVersion();
        entity.Ignore(nameof(Aggregate.Name));
        entity.Ignore(nameof(Aggregate.Etag));
    }

    private static void FilterByTenant<T>(ModelBuilder model, IopDbContext context)
        where T : class, ITenantOwned =>
        model.Entity<T>().HasQueryFilter(IopDbContext.TenantFilter, row => context.SeesEveryTenant || row.Municipality == context.Tenant);
}
