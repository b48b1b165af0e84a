using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Moment = Iop.Eligibility.V1.GateFinding.Types.Moment;

namespace Iop.Agreements.Api;

/// <summary>Approving one text and signing it.</summary>
public sealed partial class AgreementsApi
{
    private static readonly Moment[] BeforeSigning = [Moment.Agreement, Moment.Signing];

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> ApproveText(V1.ApproveTextRequest request, ServerCallContext context)
    {
        MustNameTextOfParty(request.PartyId, request.TextHash);
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId);
        agreement.MustMatch(request.Etag);
        await MustPassAtHomeAsync(agreement, context.CancellationToken);
        await NoteReadinessAsync(agreement, party, context.CancellationToken);
        await aidRoom.MustSufficeAsync(agreement, context.CancellationToken);
        var findings = await FindingsAsync(agreement, context.CancellationToken);
        if (agreement.Approve(party.PartyId, actor.DisplayName, request.TextHash, findings, time.GetUtcNow(), actor.PersonRef))
        {
            AgreementTextAgreed[] agreed = agreement.State is AgreementState.TextAgreed or AgreementState.AwaitingDecision ? [agreement.TextAgreed()] : [];
            await desk.SaveAsync(agreement, actor, context.CancellationToken, onBehalfOf: party.PartyId, events: agreed);
        }

        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> StartSigning(V1.StartSigningRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var days = SigningDays(request);
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, cancellation);
        agreement.MustMatch(request.Etag);
        if (request.Provider.Length > 0)
        {
            // Another signing service is asked, and answers, by the lead's contract with it.
            guest.MustBeLead(agreement);
        }

        var provider = providers.Get(request.Provider);
        await OpenRoundAsync(agreement, new SigningPlan(time.Now(), time.Today(), days.Last, days.ReminderEveryDays) { Provider = provider.Key }, cancellation);
        if (!request.OnPaper || provider.Key.Length > 0)
        {
            (await packs.StrictestAsync(agreement, cancellation)).Signing.MinimumFor(agreement.SignedDocument).MustBeAsStrong("provider", provider.Class);
        }

        var round = agreement.Round!;
        agreement.NoteProviderCase(await provider.OpenAsync(
            new SigningCase(agreement.Name, round.Number, agreement.TextHash, round.ExpireDate, round.Invitations), cancellation));
        await desk.SaveAsync(agreement, actor, cancellation, events: Told(agreement, before: null));
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> SignAgreement(V1.SignAgreementRequest request, ServerCallContext context)
    {
        MustNameTextOfParty(request.PartyId, request.TextHash);
        var cancellation = context.CancellationToken;
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Signers, cancellation);
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId);
        agreement.MustMatch(request.Etag);
        agreement.MustAwaitSignatures();
        agreement.MustNotBeImport();
        MustBeSignedHere(agreement);
        await MustPassAtHomeAsync(agreement, cancellation);
        var isAuthorised = await MaySignAsync(agreement, party.PartyId, actor.PersonRef, cancellation);
        var rules = await packs.StrictestAsync(agreement, cancellation);
        var signer = new Signer(actor.PersonRef, actor.AssuranceLevel, isAuthorised) { Class = providers.Get(agreement.Round?.Provider ?? "").Class };
        var before = agreement.Round;
        var isActive = agreement.Sign(party.PartyId, signer, request.TextHash, rules.Signing.MinimumFor(agreement.SignedDocument), time.GetUtcNow());
        await aidRoom.MustSufficeAsync(agreement, cancellation);
        if (request.ValidateOnly)
        {
            // Answered as a signature would be, and forgotten: nothing is saved.
            return agreement.ToProto();
        }

        await SaveSignatureAsync(agreement, isActive, actor, party.PartyId, before, cancellation);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> DeclineSignature(V1.DeclineSignatureRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Text("party_id", request.PartyId, 40, required: true);
        var reason = faults.Text("reason", request.Reason, 1_000, required: true);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Signers, context.CancellationToken);
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId);
        agreement.MustMatch(request.Etag);
        agreement.DeclineSignature(party.PartyId, actor.PersonRef, reason, time.Now());
        await providers.CloseAsync(agreement.Round, context.CancellationToken);
        await desk.SaveAsync(agreement, actor, context.CancellationToken, reason, party.PartyId, agreement.SignatureDeclined());
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> WithdrawSigning(V1.WithdrawSigningRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        var reason = faults.Text("reason", request.Reason, 1_000, required: true);
        faults.ThrowIfAny();
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        agreement.MustMatch(request.Etag);
        agreement.WithdrawSigning(actor.PartyIn(agreement.Terms.Parties), reason, time.Now());
        await providers.CloseAsync(agreement.Round, context.CancellationToken);
        await desk.SaveAsync(agreement, actor, context.CancellationToken, reason, events: agreement.SigningWithdrawn());
        return agreement.ToProto();
    }

    // Everything that must hold when signing opens, whoever it is signed with.
    private async Task OpenRoundAsync(Agreement agreement, SigningPlan plan, CancellationToken cancellation)
    {
        agreement.MustBeReadyToSign(await FindingsAsync(agreement, cancellation));
        IReadOnlyList<SignatureRequirement> organisations;
        if (guest.Share is null)
        {
            organisations = await LeadsRequirementsAsync(agreement, cancellation);
            if (agreement.CaseName.Length > 0)
            {
                await neighbours.MustHaveTakenStepsAsync(agreement.CaseName, BeforeSigning, cancellation);
            }
        }
        else
        {
            organisations = agreement.MustBeReadyAtLead();
            await MustPassAtHomeAsync(agreement, cancellation);
        }

        await aidRoom.MustSufficeAsync(agreement, cancellation);
        List<SignatureRequirement> requirements =
        [
            .. agreement.Terms.Parties.Select(party => party.Side == PartySide.Public
                ? SignatureRequirement.OfPublic(agreement.Terms, party.PartyId)
                : organisations.Single(requirement => requirement.PartyId == party.PartyId)),
        ];
        var rules = await packs.StrictestAsync(agreement, cancellation);
        agreement.OpenForSignatures(requirements, plan with { Ordered = rules.Signing.Ordered, FirstSide = rules.Signing.FirstSide });
    }

    // What the lead's case and register say of the text, and what they say that the organisations need to have signed.
    private async Task<IReadOnlyList<SignatureRequirement>> LeadsRequirementsAsync(Agreement agreement, CancellationToken cancellation)
    {
        await MustBeReadyAsAmendmentAsync(agreement, cancellation);
        if (agreement.CaseName.Length > 0)
        {
            var approved = await neighbours.ApprovedCaseAsync(agreement.CaseName, cancellation);
            agreement.NoteAid(approved.ToAid());
            MustBeInText(agreement, approved);
            agreement.NoteEntrustment(approved.RestsOnEntrustment());
            agreement.NoteCommittees(approved.ToCommittees());
            agreement.NoteAnnouncement(approved.ToAnnouncement());
        }

        await neighbours.MustBeEligibleAsync(agreement.Terms.Parties, cancellation);
        List<SignatureRequirement> requirements = [];
        foreach (var party in agreement.Terms.Parties.Where(party => party.Side == PartySide.CivilSociety))
        {
            requirements.Add(await neighbours.RequirementAsync(party, cancellation));
        }

        return requirements;
    }

    private static void MustBeInText(Agreement agreement, Eligibility.V1.Case approved)
    {
        if (approved.RestsOnEntrustment())
        {
            agreement.MustSayEntrustment();
        }
    }

    // Who may sign for the public side was fixed with the text; an organisation's authority can have ended since. Who was
    // entitled to sign an agreement from before the platform is what the two who attest it vouch for.
    private async Task<bool> MaySignAsync(Agreement agreement, string partyId, string personRef, CancellationToken cancellation) =>
        agreement.Terms.PartyWith(partyId) is { } party
        && ((agreement.Origin.IsImported && agreement.Amends is null) || party.Side == PartySide.Public || await MaySignForAsync(agreement, party, personRef, cancellation));

    // The lead's register does not answer a guest: its own is asked, which knows the same organisation by its number and has
    // other names for what it is signed by. The persons are those who were fixed when signing was opened, whoever asks.
    private async Task<bool> MaySignForAsync(Agreement agreement, Party party, string personRef, CancellationToken cancellation) => guest.Share is not { } share
        ? await neighbours.MaySignAsync(party.Organisation, personRef, agreement.AuthoritiesFor(party.PartyId, personRef), cancellation)
        : share.Organisations.FirstOrDefault(known => known.Number == party.OrganisationNumber) is { } own && await neighbours.MaySignAsync(own.Name, personRef, [], cancellation);

    private Task SaveSignatureAsync(Agreement agreement, bool isLast, Actor actor, string partyId, SigningRound? before, CancellationToken cancellation) => isLast
        ? life.SaveSignedAsync(agreement, actor, partyId, cancellation)
        : desk.SaveAsync(agreement, actor, cancellation, onBehalfOf: partyId, events: Told(agreement, before));

    private static IntegrationEvent[] Told(Agreement agreement, SigningRound? before) => agreement.Invited(before) is { } invited ? [invited] : [];

    private (DateOnly Last, int ReminderEveryDays) SigningDays(V1.StartSigningRequest request)
    {
        var (faults, today) = (new Faults(), time.Today());
        var last = faults.Date("expire_date", request.ExpireDate) ?? today.AddDays(SigningPlan.DefaultDays);
        var every = faults.Number("reminder_every_days", request.ReminderEveryDays, 0, 90);
        faults.Require(last >= today && last <= today.AddYears(1), "expire_date", "DATE_OUTSIDE_TERM");
        faults.ThrowIfAny();
        return (last, every == 0 ? SigningPlan.DefaultReminderDays : every);
    }

    private static void MustNameTextOfParty(string partyId, string textHash)
    {
        var faults = new Faults();
        faults.Text("party_id", partyId, 40, required: true);
        faults.Require(IsHash(textHash), "text_hash", "TEXT_HASH_INVALID");
        faults.ThrowIfAny();
    }
}
