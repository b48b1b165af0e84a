using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Kind = Iop.Agreements.V1.SigningEvent.Types.Kind;

namespace Iop.Agreements.Api;

/// <summary>What another signing service tells of the rounds that it was given.</summary>
public sealed partial class AgreementsApi
{
    [LeadOnly]
    [Access(Roles.Integration)]
    public override async Task<V1.Agreement> ReportSigningEvent(V1.ReportSigningEventRequest request, ServerCallContext context)
    {
        var (told, cancellation) = (request.Event ?? new(), context.CancellationToken);
        MustBeReadable(told);
        var (agreement, actor) = await desk.OpenAsync(request.Name, [Roles.Integration], cancellation);
        agreement.MustBeCaseOf(request.Provider, request.ProviderCase);
        if (agreement.Round!.IsOpen)
        {
            agreement.MustHaveBeenOpen(told.EventTime.ToInstant());
            await TakeInAsync(agreement, actor, told, cancellation);
        }

        return agreement.ToProto();
    }

    private async Task TakeInAsync(Agreement agreement, Actor actor, V1.SigningEvent told, CancellationToken cancellation)
    {
        var now = time.Now();
        switch (told.Kind)
        {
            case Kind.SignatoryApproved:
                await SignElsewhereAsync(agreement, actor, told, cancellation);
                return;
            case Kind.SignatoryDeclined:
                agreement.DeclineSignature(told.PartyId, told.PersonRef, told.Reason.Trim(), now);
                await desk.SaveAsync(agreement, actor, cancellation, told.Reason.Trim(), told.PartyId, agreement.SignatureDeclined());
                return;
            case Kind.CaseWithdrawn:
                agreement.WithdrawSigning("", told.Reason.Trim(), now);
                await desk.SaveAsync(agreement, actor, cancellation, told.Reason.Trim(), events: agreement.SigningWithdrawn());
                return;
            case Kind.CaseExpired:
                agreement.EndSigningElsewhere(now);
                await desk.SaveAsync(agreement, actor, cancellation, events: agreement.SigningExpired());
                return;
            case Kind.CaseHalted or Kind.CaseReactivated:
                if (agreement.HaltSigning(told.Kind == Kind.CaseHalted))
                {
                    await desk.SaveAsync(agreement, actor, cancellation);
                }

                return;
            case Kind.CaseCompleted:
                agreement.MustHaveBeenSigned();
                return;
            default:
                return;
        }
    }

    private async Task SignElsewhereAsync(Agreement agreement, Actor actor, V1.SigningEvent told, CancellationToken cancellation)
    {
        if (agreement.HasBeenTold(told.PartyId, told.PersonRef, told.EvidenceSha256))
        {
            return;
        }

        var minimum = (await packs.StrictestAsync(agreement, cancellation)).Signing.MinimumFor(agreement.SignedDocument);
        minimum.MustBeAsStrong("event.signature_class", (SignatureClass)told.SignatureClass);
        var signer = new Signer(told.PersonRef, told.AssuranceLevel, await MaySignAsync(agreement, told.PartyId, told.PersonRef, cancellation))
        {
            Method = SignatureMethod.Provider,
            EvidenceSha256 = told.EvidenceSha256,
            Class = (SignatureClass)told.SignatureClass,
            Validation = told.Validation.ToDomain(agreement.Round!.Provider),
        };
        var before = agreement.Round;
        var signed = agreement.Sign(told.PartyId, signer, told.TextHash, minimum, told.EventTime.ToInstant() ?? time.Now(), time.Now());
        if (signed)
        {
            // What was signed elsewhere is signed. It is the last signature that gives the aid.
            await aidRoom.MustSufficeAsync(agreement, cancellation);
        }

        await SaveSignatureAsync(agreement, signed, actor, told.PartyId, before, cancellation);
    }

    private void MustBeReadable(V1.SigningEvent told)
    {
        var faults = new Faults();
        faults.Choice("event.kind", told.Kind);
        var (signs, declines) = (told.Kind == Kind.SignatoryApproved, told.Kind == Kind.SignatoryDeclined);
        faults.Text("event.party_id", told.PartyId, 40, required: signs || declines);
        faults.Text("event.person_ref", told.PersonRef, 200, required: signs || declines);
        faults.Text("event.assurance_level", told.AssuranceLevel, 100, required: signs);
        faults.Text("event.reason", told.Reason, 1_000, required: declines);
        faults.Require(!signs || IsHash(told.TextHash), "event.text_hash", "TEXT_HASH_INVALID");
        faults.Require(!signs || IsHash(told.EvidenceSha256), "event.evidence_sha256", "TEXT_HASH_INVALID");
        if (signs)
        {
            faults.Choice("event.signature_class", told.SignatureClass);
            faults.MustBeTried("event.validation", told.Validation, told.SignatureClass, time.GetUtcNow());
        }

        faults.Require(!(faults.Time("event.event_time", told.EventTime) > time.GetUtcNow() + SigningProviders.ClockDifference), "event.event_time", "DATE_IN_FUTURE");
        faults.ThrowIfAny();
    }
}
