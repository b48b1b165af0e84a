using Iop.Agreements.V1;
using Iop.Contracts.Events.FollowUp;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Testing;
using Iop.Types.V1;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>The steps that a joint agreement takes, each from the one before.</summary>
public sealed partial class JointFixture
{
    /// <summary>An organisation in a municipality's register. The same number is the same organisation in each.</summary>
    public string Registered(string municipality, string number = Number)
    {
        var name = $"{Of(municipality)}/organisations/{Guid.CreateVersion7()}";
        Neighbours.Organisations[name] = new Organisation { Name = name, DisplayName = "Öppna Famnen", OrganisationNumber = number, PartyEligibility = PartyEligibility.Eligible };
        Neighbours.Authorities[name] = new SigningAuthority
        {
            Name = $"{name}/signingAuthorities/{Guid.CreateVersion7()}",
            Rule = Organisations.V1.SigningRule.Alone,
            RequiredSignatureCount = 1,
            State = SigningAuthority.Types.State.Current,
            Signatories = { new AuthorisedSignatory { PersonRef = Anna, DisplayName = "Anna Andersson", Role = "ordförande" } },
        };
        return name;
    }

    /// <summary>A municipality's own case, approved as IOP under its own pack.</summary>
    public string ApprovedCase(string municipality, Action<Case>? change = null, string number = Number)
    {
        var approved = SampleCase(Registered(municipality, number));
        (approved.Name, approved.GuidelinePack) = ($"{Of(municipality)}/cases/{Guid.CreateVersion7()}", PackOf(municipality));
        change?.Invoke(approved);
        Neighbours.Cases[approved.Name] = approved;
        return approved.Name;
    }

    /// <summary>A draft of the lead, shared with the organisation unless it is not to be, in which the others are parties.</summary>
    public async Task<(Agreement Agreement, string Organisation)> DraftedAsync(Action<Agreement>? change = null, Action<Case>? changeCase = null, bool share = true)
    {
        var caseName = ApprovedCase(Lead, changeCase);
        var (found, officer) = (Neighbours.Cases[caseName], Officer(Lead));
        var asked = Complete(new Agreement { Case = caseName });
        asked.Parties.Add([.. found.Parties, Public(OtherParty), Public(ThirdParty)]);
        asked.Contributions.Add([.. found.Contributions, Money(OtherParty), Money(ThirdParty)]);
        asked.PaymentPlan.Add([Payment(OtherParty), Payment(ThirdParty)]);
        asked.PublicSignatories.Add(new Signatory { PartyId = OtherParty, PersonRef = OtherSignatory, DisplayName = "Lo Granne", Role = "ordförande" });
        asked.PublicSignatories.Add(new Signatory { PartyId = ThirdParty, PersonRef = Chair, DisplayName = "Kim Ordförande", Role = "ordförande" });
        change?.Invoke(asked);
        var agreement = await officer.CreateAgreementAsync(new CreateAgreementRequest { Parent = Of(Lead), Agreement = asked });
        agreement = await WriteAsync(officer, agreement, "activity", "En mötesplats tre kvällar i veckan.");
        return share
            ? (await officer.ShareAgreementAsync(new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true }), found.Organisation)
            : (agreement, found.Organisation);
    }

    public Task<Agreement> InviteAsync(Agreement agreement, string municipality = Neighbour, string party = OtherParty) =>
        Joint(Lead).InviteMunicipalityAsync(new InviteMunicipalityRequest
        {
            Name = agreement.Name,
            Municipality = Of(municipality),
            PartyId = party,
            Message = "Vill ni vara med?",
            OfficialDocumentAcknowledged = true,
            Etag = agreement.Etag,
        }).ResponseAsync;

    /// <summary>The share that a municipality finds among its own, once it is in a state.</summary>
    public Task<AgreementShare> ShareAsync(Agreement agreement, string municipality = Neighbour, JointMember.Types.State state = JointMember.Types.State.Invited)
    {
        var name = $"{Of(municipality)}/agreements/{agreement.Name.Split('/')[^1]}";
        return Eventually.SomethingAsync(async () =>
            (await Joint(municipality).ListAgreementSharesAsync(new ListAgreementSharesRequest { Parent = Of(municipality), PageSize = 200 })).AgreementShares
                .FirstOrDefault(share => share.Agreement == name && share.State == state));
    }

    public async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> InvitedAsync(
        Action<Agreement>? change = null, string municipality = Neighbour, string party = OtherParty, bool draftOnly = false)
    {
        var (agreement, organisation) = await DraftedAsync(change, share: !draftOnly);
        agreement = await InviteAsync(agreement, municipality, party);
        return (agreement, await ShareAsync(agreement, municipality), organisation);
    }

    public Task<AgreementShare> JoinAsync(AgreementShare share, string caseName) =>
        Joint(share.Name.Split('/')[1]).JoinAgreementAsync(new JoinAgreementRequest { Name = share.Name, Case = caseName, Etag = share.Etag }).ResponseAsync;

    public async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> JoinedAsync(
        Action<Agreement>? change = null, string municipality = Neighbour, string party = OtherParty, Action<Case>? changeCase = null, bool draftOnly = false)
    {
        var (agreement, share, organisation) = await InvitedAsync(change, municipality, party, draftOnly);
        share = await JoinAsync(share, ApprovedCase(municipality, changeCase));
        return (await ReadAsync(Officer(Lead), agreement.Name), share, organisation);
    }

    /// <summary>Only the lead and the one that has joined remain, and what its pack asks of the text is written.</summary>
    public async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> ReadyAsync(Action<Agreement>? change = null, Action<Case>? changeCase = null)
    {
        var (agreement, share, organisation) = await JoinedAsync(asked =>
        {
            Without(asked, ThirdParty);
            asked.FollowUp = new FollowUpTerms { CheckInEveryMonths = 2, ReportEveryMonths = 12, ReportingResponsibility = ReportingResponsibility.Shared };
            change?.Invoke(asked);
        }, changeCase: changeCase);
        await WriteAsync(Officer(Neighbour), await ReadAsync(Officer(Neighbour), share.Agreement), "reference-group", "Gruppen möts två gånger om året.");
        return (await ReadAsync(Officer(Lead), agreement.Name), share, organisation);
    }

    public async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> InSigningAsync(Action<Agreement>? change = null, Action<Case>? changeCase = null)
    {
        var (agreement, share, organisation) = await ReadyAsync(change, changeCase);
        agreement = await ApproveAsync(Officer(Lead), agreement, "arbete");
        agreement = await ApproveAsync(Representative(organisation), agreement, "forening");
        await ApproveAsync(Officer(Neighbour), await ReadAsync(Officer(Neighbour), share.Agreement), OtherParty);
        agreement = await ReadAsync(Officer(Lead), agreement.Name);
        return (await Officer(Lead).StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag }), share, organisation);
    }

    public async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> ActiveAsync(Action<Agreement>? change = null, Action<Case>? changeCase = null)
    {
        var (agreement, share, organisation) = await InSigningAsync(change, changeCase);
        await SignAsync(Representative(organisation), agreement, "forening");
        await SignAsync(Signatory(Lead, Chair), await ReadAsync(Officer(Lead), agreement.Name), "arbete");
        await SignAsync(Signatory(Neighbour, OtherSignatory), await ReadAsync(Officer(Neighbour), share.Agreement), OtherParty);
        return (await ReadAsync(Officer(Lead), agreement.Name), share, organisation);
    }

    public static Task<Agreement> ReadAsync(AgreementsService.AgreementsServiceClient by, string name) =>
        by.GetAgreementAsync(new GetAgreementRequest { Name = name, View = AgreementView.Full }).ResponseAsync;

    public static Task<Agreement> WriteAsync(AgreementsService.AgreementsServiceClient by, Agreement agreement, string section, string text) =>
        by.UpdateSectionAsync(new UpdateSectionRequest
        {
            Name = agreement.Name,
            Section = new Section { SectionId = section, Text = text, Etag = agreement.Sections.Single(s => s.SectionId == section).Etag },
        }).ResponseAsync;

    /// <summary>Lets the follow-up of a municipality tell of its evaluation, and waits until the agreement has heard of so many.</summary>
    public async Task EvaluateAsync(string agreement, string municipality, int count, string leads)
    {
        await Services.GetRequiredService<IBus>().Publish(new EvaluationCompleted
        {
            EventId = Guid.CreateVersion7(),
            Municipality = municipality,
            Subject = $"{Of(municipality)}/plans/{Guid.CreateVersion7()}/evaluation",
            OccurredAt = TimeProvider.System.GetUtcNow(),
            Sequence = 1,
            Agreement = agreement,
            Verdict = "SOLVED",
        });
        await Eventually.IsAsync(count, async () => (await ReadAsync(Officer(Lead), leads)).Evaluations.Count);
    }
}
