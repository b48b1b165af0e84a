using System.Linq.Expressions;
using Google.Protobuf;
using Grpc.Core;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

/// <summary>What a part of a plan is shown against: the day that counts, and who looks.</summary>
/// <param name="Day">The day by which what is due is judged.</param>
/// <param name="Side">The side that looks; null for neither.</param>
public sealed record View(DateOnly Day, Side? Side);

/// <summary>What every call on a part of a plan does alike: read it, list it, add one, change one.</summary>
public sealed class PartsDesk(FollowUpDb db, PlanDesk desk, PlanReminders reminders, TenantScope tenant, TimeProvider time)
{
    /// <summary>Reads one part.</summary>
    /// <exception cref="Refusal">It does not exist, or the caller may not see it.</exception>
    public async Task<TMessage> GetAsync<T, TMessage>(PartKind<T, TMessage> kind, string name, CancellationToken cancellation)
        where T : PlanPart
        where TMessage : class, IMessage
    {
        var (planId, id) = kind.IdsIn(name, tenant.Required);
        var found = await (
            from part in db.Set<T>().AsNoTracking()
            join plan in db.Plans on part.PlanId equals plan.Id
            where part.Id == id && part.PlanId == planId
            select new { part, plan }).FirstOrDefaultAsync(cancellation) ?? throw await desk.AbsentAsync(planId, kind.NotFound, name, cancellation);
        desk.MustSee(found.plan);
        return Show(kind, found.part, found.plan);
    }

    /// <summary>Lists the parts of one plan.</summary>
    /// <exception cref="Refusal">The plan does not exist, or the caller may not see it.</exception>
    public async Task<(IEnumerable<TMessage> Items, string NextPageToken)> ListAsync<T, TMessage>(
        PartKind<T, TMessage> kind, string parent, int pageSize, string pageToken, ServerCallContext context)
        where T : PlanPart
        where TMessage : class, IMessage
    {
        var page = Page.Of(pageSize, pageToken, context.Method, parent);
        var plan = await desk.MustSeeAsync(parent, "parent", context.CancellationToken);
        var (items, next) = await page.FetchAsync(db.Set<T>().AsNoTracking().Where(p => p.PlanId == plan.Id), kind.Order, context.CancellationToken);
        return (items.Select(item => Show(kind, item, plan)), next);
    }

    /// <summary>Adds a part to a plan in hand.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="parent">Name of the plan.</param>
    /// <param name="make">Makes it, and refuses what is wrong.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<TMessage> AddAsync<T, TMessage>(
        PartKind<T, TMessage> kind, string parent, Func<Participation, T> make, CancellationToken cancellation)
        where T : PlanPart
        where TMessage : class, IMessage
    {
        var planId = ResourceName.IdIn(parent, Plan.Collection, tenant.Required, "parent");
        var by = await desk.TakeAsync(planId, "PLAN_NOT_FOUND", parent, cancellation);
        var part = make(by);
        db.Add(part);
        return await SaveAsync(kind, part, by, "", cancellation);
    }

    /// <summary>Changes a part of a plan in hand, as it was last read.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="name">Name of the part.</param>
    /// <param name="etag">The version that was read.</param>
    /// <param name="act">Changes it, refuses what is wrong, and answers with the reason given, if any; null where nothing was to change.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <param name="within">The field of the request that holds name and etag; empty for the request itself.</param>
    public Task<TMessage> ChangeAsync<T, TMessage>(
        PartKind<T, TMessage> kind, string name, string etag, Func<T, Participation, string?> act, CancellationToken cancellation, string within = "")
        where T : PlanPart
        where TMessage : class, IMessage => ChangeAsync(kind, name, etag, (part, by) => Task.FromResult(act(part, by)), cancellation, within);

    /// <summary>Changes a part of a plan in hand, as it was last read, with what else belongs to that.</summary>
    public async Task<TMessage> ChangeAsync<T, TMessage>(
        PartKind<T, TMessage> kind, string name, string etag, Func<T, Participation, Task<string?>> act, CancellationToken cancellation, string within = "")
        where T : PlanPart
        where TMessage : class, IMessage
    {
        var (planId, id) = kind.IdsIn(name, tenant.Required, $"{within}name");
        var by = await desk.TakeAsync(planId, kind.NotFound, name, cancellation);
        var part = await db.Set<T>().FirstOrDefaultAsync(p => p.Id == id && p.PlanId == planId, cancellation) ?? throw Refusal.NotFound(kind.NotFound, name);
        part.MustMatch(etag, $"{within}etag");
        return await act(part, by) is { } reason ? await SaveAsync(kind, part, by, reason, cancellation) : Show(kind, part, by.Plan);
    }

    private async Task<TMessage> SaveAsync<T, TMessage>(
        PartKind<T, TMessage> kind, T part, Participation by, string reason, CancellationToken cancellation)
        where T : PlanPart
        where TMessage : class, IMessage
    {
        db.Record(part, () => part.Snapshot(by.Plan.DayOn(time.Today())), reason, by.Organisation);
        await db.SaveChangesAsync(cancellation);
        if (part is PlanItem)
        {
            await reminders.PlanAsync(by.Plan, cancellation);
            await desk.CloseWhenDoneAsync(by.Plan, cancellation);
        }

        return Show(kind, part, by.Plan);
    }

    private TMessage Show<T, TMessage>(PartKind<T, TMessage> kind, T part, Plan plan)
        where T : PlanPart
        where TMessage : class, IMessage =>
        kind.Show(part, new View(plan.DayOn(time.Today()), desk.SideOf(plan)));
}

/// <summary>One kind of part: where its names lie, how it is listed, and how it is shown.</summary>
/// <param name="Collection">Its collection within a plan; the last part of the name for the only one of its kind.</param>
/// <param name="NotFound">The reason when there is none.</param>
/// <param name="Order">What a list comes by, falling.</param>
/// <param name="Show">Makes the contract's message.</param>
/// <param name="IsOnly">Whether a plan has one only, under the plan's own id.</param>
public sealed record PartKind<T, TMessage>(
    string Collection, string NotFound, Expression<Func<T, Guid>> Order, Func<T, View, TMessage> Show, bool IsOnly = false)
    where T : PlanPart
    where TMessage : class, IMessage
{
    /// <summary>The ids of plan and part in a name.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with <c>RESOURCE_NAME_INVALID</c>.</exception>
    public (Guid Plan, Guid Part) IdsIn(string name, string municipality, string field = "name")
    {
        if (!IsOnly)
        {
            return ResourceName.IdsIn(name, Plan.Collection, Collection, municipality, field);
        }

        var suffix = $"/{Collection}";
        if (!name.EndsWith(suffix, StringComparison.Ordinal))
        {
            throw Refusal.Input(new FieldFault(field, "RESOURCE_NAME_INVALID", ("pattern", $"municipalities/{{m}}/plans/{{id}}{suffix}")));
        }

        var id = ResourceName.IdIn(name[..^suffix.Length], Plan.Collection, municipality);
        return (id, id);
    }
}
