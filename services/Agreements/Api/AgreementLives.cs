using Iop.Agreements.Data;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Api;

/// <summary>Saves what changed an agreement's state, with everything that follows from it, in one transaction.</summary>
public sealed partial class AgreementLives(AgreementsDb db, AgreementDesk desk, PackShelf packs, CurrentCall call, TimeProvider time, ILogger<AgreementLives> log)
{
    /// <summary>The service itself, where the calendar acts and no person.</summary>
    public static readonly Actor Service = new("", "", "", IsPublic: false, []);

    /// <summary>Saves the agreement; tells that it is paused, taken up or ended, and gives up a draft that then changes nothing.</summary>
    public async Task SaveAsync(Agreement agreement, AgreementState before, Actor actor, CancellationToken cancellation, string reason = "", string onBehalfOf = "", IntegrationEvent? beside = null)
    {
        IntegrationEvent[] events = (before == agreement.State, Agreement.Binding.Contains(agreement.State), Agreement.Binding.Contains(before)) switch
        {
            (true, _, _) => onBehalfOf.Length == 0 ? [] : [agreement.Acted(onBehalfOf, AgreementsApi.ActionOf(call.Action))],
            (_, true, _) => [agreement.PausedOrResumed()],
            (_, false, true) => [agreement.Ended()],
            _ => [],
        };
        var draft = events is [Contracts.Events.Agreements.AgreementEnded] ? agreement.Life.OpenAmendment : null;
        if (draft is not null)
        {
            agreement.DropAmendment();
        }

        await desk.SaveAsync(agreement, actor, cancellation, reason, onBehalfOf, beside is null ? events : [.. events, beside]);
        if (events is [Contracts.Events.Agreements.AgreementEnded])
        {
            LogEnded(agreement.Id, agreement.State);
        }

        if (draft is { } id)
        {
            await GiveUpAsync(id, actor, cancellation);
        }
    }

    /// <summary>Lets the last day pass where it has and the calendar has not looked yet, with everything that follows.</summary>
    /// <returns>Whether the agreement has ended with this.</returns>
    public async Task<bool> PassAsync(Agreement agreement, CancellationToken cancellation)
    {
        while (agreement.PassLeaving(time.Today(), time.Now()) is { } left)
        {
            await SaveLeftAsync(agreement, left, cancellation);
        }

        var before = agreement.State;
        if (!agreement.PassLastDay(time.Today(), time.Now()))
        {
            return false;
        }

        await SaveAsync(agreement, before, Service, cancellation);
        return true;
    }

    // A draft that still has the party in it could be signed by nobody.
    private async Task SaveLeftAsync(Agreement agreement, Party left, CancellationToken cancellation)
    {
        var draft = agreement.Life.OpenAmendment is { } open ? await desk.HoldAsync(open, cancellation) : null;
        if (draft?.Terms.PartyWith(left.PartyId) is null)
        {
            draft = null;
        }
        else
        {
            agreement.DropAmendment();
        }

        await desk.SaveAsync(agreement, Service, cancellation, events: agreement.Left(left));
        LogLeft(agreement.Id);
        if (draft is not null)
        {
            await GiveUpAsync(draft.Id, Service, cancellation);
        }
    }

    /// <summary>Saves an agreement that all have signed: it is in force, or the one that it changes takes its text.</summary>
    public async Task SaveSignedAsync(Agreement signed, Actor actor, string onBehalfOf, CancellationToken cancellation)
    {
        var (now, rule) = (time.Now(), (await packs.StrictestAsync(signed, cancellation)).FollowUp);
        if (signed.Amends is not { } id)
        {
            await KeepAsync(SignedVersion.Of(signed, signed.Id, now), cancellation);
            await ReportAidAsync(signed, before: null, had: [], now, cancellation);
            await desk.SaveAsync(signed, actor, cancellation, onBehalfOf: onBehalfOf, events: signed.Activated(rule, now.DayInSweden()));
            LogActivated(signed.Id);
            return;
        }

        // One aggregate at a time: each save is one revision of one agreement.
        await desk.SaveAsync(signed, actor, cancellation, onBehalfOf: onBehalfOf);
        var inForce = await desk.HoldAsync(id, cancellation);
        var (before, had) = (inForce.Aid, inForce.Organisations);
        inForce.Adopt(signed, now);
        await ReportAidAsync(inForce, before, had, now, cancellation);
        await KeepAsync(SignedVersion.Of(inForce, signed.Id, now), cancellation);
        await desk.SaveAsync(inForce, actor, cancellation, onBehalfOf: onBehalfOf, events: inForce.Adopted(signed.Life.Amendment!.Kind, rule, now.DayInSweden()));
        LogAdopted(inForce.Id, inForce.Version);
    }

    /// <summary>Tells the agreement in force that the draft of its next version is given up.</summary>
    public async Task DropAmendmentAsync(Agreement draft, Actor actor, CancellationToken cancellation)
    {
        if (draft.Amends is { } id)
        {
            var inForce = await desk.HoldAsync(id, cancellation);
            inForce.DropAmendment();
            await desk.SaveAsync(inForce, actor, cancellation);
        }
    }

    // With the version itself it is noted that its original is to be made: neither is without the other.
    private Task<int> KeepAsync(SignedVersion version, CancellationToken cancellation)
    {
        db.Add(version);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO original_due (municipality, agreement, due_time) VALUES ({version.Municipality}, {version.Agreement}, {version.ActivateTime})
            ON CONFLICT (municipality, agreement) DO UPDATE SET due_time = EXCLUDED.due_time
            """,
            cancellation);
    }

    private async Task ReportAidAsync(Agreement signed, DeMinimisAid? before, IReadOnlyCollection<string> had, DateTimeOffset now, CancellationToken cancellation)
    {
        if (signed.Aid is not { } aid)
        {
            return;
        }

        var (id, day) = (signed.Id, now.DayInSweden());
        var reported = await db.StateAidReports.AsNoTracking().Where(report => report.Agreement == id).ToListAsync(cancellation);
        foreach (var due in AidToReport.Of(aid, signed.Organisations, before, had, reported))
        {
            var report = StateAidReport.Of(signed, due, day);
            db.Add(report);
            db.Record(report, () => report.ToProto(day, etag: false));
        }
    }

    private async Task GiveUpAsync(Guid id, Actor actor, CancellationToken cancellation)
    {
        var draft = await desk.HoldAsync(id, cancellation);
        draft.GiveUp(time.Today(), time.Now());
        await desk.SaveAsync(draft, actor, cancellation);
    }

    [LoggerMessage(EventName = "agreements.agreement.activated", Level = LogLevel.Information, Message = "Agreement {AgreementId} is active")]
    private partial void LogActivated(Guid agreementId);

    [LoggerMessage(EventName = "agreements.agreement.amended", Level = LogLevel.Information, Message = "Agreement {AgreementId} is in force in version {Version}")]
    private partial void LogAdopted(Guid agreementId, int version);

    [LoggerMessage(EventName = "agreements.party.left", Level = LogLevel.Information, Message = "A party has left agreement {AgreementId}, which goes on")]
    private partial void LogLeft(Guid agreementId);

    [LoggerMessage(EventName = "agreements.agreement.ended", Level = LogLevel.Information, Message = "Agreement {AgreementId} has ended: {State}")]
    private partial void LogEnded(Guid agreementId, AgreementState state);
}
