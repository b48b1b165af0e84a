using System.Text.Json;
using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Identity;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>
/// Tells the other municipalities of an agreement what has happened to it, each in its own tenant and in its own names,
/// so that each follows the partnership up as if the agreement were its own. What is told there stays there: the agreement
/// is not found in that tenant, and nothing is told further.
/// </summary>
public sealed class Retelling(AgreementsDb db, TenantScope tenant, PackShelf packs, IServiceProvider services, CurrentCall call)
{
    private const int IdLength = 36;

    /// <summary>What is to be told again; null of what concerns the lead alone, or was told otherwise.</summary>
    /// <remarks>
    /// It goes by an event of its own, so that whatever an agreement tells its own municipality one consumer tells the others.
    /// </remarks>
    public static SharedAgreementNews? NewsOf(Agreement agreement, IntegrationEvent @event) => (agreement.Joined.Any() || @event is PartyLeft { LeavingMunicipality.Length: > 0 }) && @event is not (MunicipalityInvited or InvitationWithdrawn or AgreementCommitteesChanged)
        ? new SharedAgreementNews { Type = @event.GetType().FullName!, Payload = JsonSerializer.Serialize(@event, @event.GetType(), Json.Options) }
        : null;

    /// <summary>What the lead itself is told: a check-in in the follow-up of another stays with that one.</summary>
    public static IntegrationEvent AtHome(Agreement agreement, IntegrationEvent @event) =>
        @event is RenewalTalksRecorded { CheckIn: { } checkIn } talks && ResourceName.MunicipalityIn(checkIn) != agreement.Municipality ? talks with { CheckIn = null } : @event;

    /// <summary>What is to be told again of something that belongs to an agreement; null also of what the public side is not shown.</summary>
    public static SharedAgreementNews? NewsBeside(Agreement agreement, IntegrationEvent @event) =>
        agreement.IsVisibleTo(PartySide.Public) ? NewsOf(agreement, @event) : null;

    public async Task TellMembersAsync(SharedAgreementNews news, CancellationToken cancellation)
    {
        if (await FindAsync(news, cancellation) is not { } agreement)
        {
            return;
        }

        var @event = (IntegrationEvent)JsonSerializer.Deserialize(news.Payload, typeof(IntegrationEvent).Assembly.GetType(news.Type, throwOnError: true)!, Json.Options)!;

        // Who was invited later is shown nothing from before, and who has left nothing from after.
        foreach (var member in agreement.Members.Where(member => member.State == MemberState.Joined && member.InviteTime <= news.OccurredAt
            && (member.LeaveTime is not { } left || left >= news.OccurredAt || @event is PartyLeft leaving && leaving.LeavingMunicipality == member.Municipality)))
        {
            var told = new ToldAgreement(agreement, member, (await packs.GetAsync(member.PackName, cancellation)).FollowUp.Reminders);
            await OnceAsync(member.Municipality, news, theirs => theirs.TakeInAsync(@event, news, told, cancellation), cancellation);
        }
    }

    /// <summary>Opens the door of one who is invited, or closes it again.</summary>
    public async Task TellInvitedAsync(IntegrationEvent @event, string municipality, CancellationToken cancellation)
    {
        if (await FindAsync(@event, cancellation) is { } agreement && agreement.Members.FirstOrDefault(member => member.Municipality == municipality) is { } member)
        {
            await OnceAsync(municipality, @event, theirs => theirs.TakeInvitationAsync(@event, agreement, member, cancellation), cancellation);
        }
    }

    private Task<Agreement?> FindAsync(IntegrationEvent @event, CancellationToken cancellation)
    {
        var of = ResourceName.OfMunicipality(tenant.Required).Length + Agreement.Collection.Length + IdLength + 2;
        var id = ResourceName.IdIn(@event.Subject.Length > of ? @event.Subject[..of] : @event.Subject, Agreement.Collection, tenant.Required, "subject");
        return db.Agreements.AsNoTracking().FirstOrDefaultAsync(agreement => agreement.Id == id, cancellation);
    }

    // Each municipality has its own mark: when one fails and the event comes again, the others are not told twice.
    private Task OnceAsync(string municipality, IntegrationEvent @event, Func<SharedNews, Task> tell, CancellationToken cancellation) =>
        services.RunForAsync(call, MunicipalityCode.Parse(municipality), nameof(Retelling), async scope =>
        {
            if (await scope.GetRequiredService<SharedNews>().IsFirstAsync(@event.EventId, nameof(Retelling), cancellation))
            {
                await tell(scope.GetRequiredService<SharedNews>());
            }
        }, cancellation);
}
