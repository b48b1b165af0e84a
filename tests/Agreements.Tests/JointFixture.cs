using Iop.Agreements.Data;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>
/// The service with its events on their way, and three municipalities of different guidelines: one that leads, one that
/// joins, and a third. Their neighbours answer nobody from another municipality.
/// </summary>
public sealed class JointFixture() : RunningService<AgreementsDb>(Program.Build)
{
    public const string Lead = "1285";
    public const string Neighbour = "0580";
    public const string Third = "2180";
    public const string OtherParty = "grannkommunen";
    public const string ThirdParty = "tredje";
    public const string OtherSignatory = "other-chair";
    public const string Number = "899999-0016";

    private NeighbourServices? _neighbours;

    /// <summary>In the place of those who follow up.</summary>
    public EventEar Ear { get; } = new EventEar()
        .For<AgreementActivated>().For<AgreementAmended>().For<AgreementExtended>().For<AgreementEnded>().For<AgreementSuspended>().For<DisputeOpened>();

    public NeighbourData Neighbours => _neighbours!.Data;

    public static string Of(string municipality) => $"municipalities/{municipality}";

    public static string PackOf(string municipality) => $"{Of(municipality)}/guidelinePacks/2024-1";

    public AgreementsService.AgreementsServiceClient Officer(string municipality) => new(As(municipality, Roles.CaseOfficer, $"officer-{municipality}", $"Handläggaren i {municipality}"));

    public AgreementsService.AgreementsServiceClient Signatory(string municipality, string subject) => new(As(municipality, Roles.DecisionMaker, subject, $"Undertecknaren i {municipality}"));

    public AgreementsService.AgreementsServiceClient Representative(string organisation, string subject = Anna, string municipality = Lead) =>
        new(As(municipality, Roles.OrganisationRepresentative, subject, "Anna Andersson", organisations: organisation));

    public JointAgreementsService.JointAgreementsServiceClient Joint(string municipality, string role = Roles.CaseOfficer) => new(As(municipality, role, $"officer-{municipality}", $"Handläggaren i {municipality}"));

    public StateAidService.StateAidServiceClient StateAid(string municipality) => new(As(municipality, Roles.CaseOfficer));

    protected override async Task<IReadOnlyList<string>> MoreArgumentsAsync()
    {
        _neighbours = await NeighbourServices.StartAsync();
        Keep(Lead, _ => { });
        Keep(Neighbour, pack =>
        {
            // Stricter in some matters, silent in others.
            pack.SigningRule = new Eligibility.V1.SigningRule { RuleId = "o-signing", MinimumAssuranceLevel = "substantial", Ordered = true };
            pack.PeriodRule = new PeriodRule { RuleId = "o-period", MaxMonths = 48, Severity = Severity.Mandatory };
            pack.ContributionRule = new ContributionRule { RuleId = "o-both", RequiredFrom = { PartySide.Public }, Severity = Severity.Mandatory };
            pack.FollowUpRule = new FollowUpRule { RuleId = "o-follow-up", CheckInEveryMonths = 2, EvaluationMonthsBeforeEnd = 4, MinimumGroupSize = 12, ReminderDaysBefore = { 30 }, EscalationDaysAfter = 7, EvaluationQuestions = { new LocalizedText { Sv = "Nådde vi målet?", En = "Did we reach the goal?" } } };
            pack.RetentionRule = new RetentionRule { RuleId = "o-retention", YearsAfterEnd = 25 };
            pack.ForbiddenClauses.Clear();
            pack.ForbiddenClauses.Add(new ForbiddenClause { Type = "exclusivity", RuleId = "o-no-exclusivity", Severity = Severity.Mandatory, Markers = { "ensamrätt" }, Text = new LocalizedText { Sv = "Ingen ensamrätt.", En = "No exclusivity." } });
            pack.Sections.Clear();
            pack.Sections.Add([Template("reference-group", SectionMode.Required), Template("background", SectionMode.Required, "challenge"), Template("values", SectionMode.Consider)]);
        });
        Keep(Third, pack =>
        {
            pack.SigningRule = new Eligibility.V1.SigningRule { RuleId = "t-signing", MinimumAssuranceLevel = "high" };
            pack.Sections.Clear();
            pack.AgreementRules.Add(new AgreementRule { Key = "text-decision", RuleId = "t-decides", Severity = Severity.Mandatory, Text = new LocalizedText { Sv = "Nämnden beslutar.", En = "The committee decides." } });
        });

        // The other fixture's service consumes in the project's own virtual host, over another database.
        var broker = TestServers.Broker[..TestServers.Broker.LastIndexOf('/')];
        return [$"--ConnectionStrings:messaging={broker}", $"--services:eligibility:Grpc:0={_neighbours.Address}", $"--services:organisations:Grpc:0={_neighbours.Address}"];
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Ear.ListenAsync(Services.GetRequiredService<IReceiveEndpointConnector>());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _neighbours!.DisposeAsync();
    }

    /// <summary>An organisation in a municipality's register. The same number is the same organisation in each.</summary>
    public string Registered(string municipality, string number = Number)
    {
        var name = $"{Of(municipality)}/organisations/{Guid.CreateVersion7()}";
        Neighbours.Organisations[name] = new Organisation { Name = name, DisplayName = "Öppna Famnen", OrganisationNumber = number, PartyEligibility = PartyEligibility.Eligible };
        Neighbours.Authorities[name] = new SigningAuthority
        {
            Name = $"{name}/signingAuthorities/{Guid.CreateVersion7()}",
            Rule = Organisations.V1.SigningRule.Alone,
            RequiredSignatures = 1,
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

    /// <summary>A draft of the lead, shared with the organisation, in which the others are parties.</summary>
    public async Task<(Agreement Agreement, string Organisation)> DraftedAsync(Action<Agreement>? change = null, Action<Case>? changeCase = null)
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
        agreement = await officer.ShareAgreementAsync(new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true });
        return (agreement, found.Organisation);
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

    public async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> InvitedAsync(Action<Agreement>? change = null, string municipality = Neighbour, string party = OtherParty)
    {
        var (agreement, organisation) = await DraftedAsync(change);
        agreement = await InviteAsync(agreement, municipality, party);
        return (agreement, await ShareAsync(agreement, municipality), organisation);
    }

    public Task<AgreementShare> JoinAsync(AgreementShare share, string caseName) =>
        Joint(share.Name.Split('/')[1]).JoinAgreementAsync(new JoinAgreementRequest { Name = share.Name, Case = caseName, Etag = share.Etag }).ResponseAsync;

    public async Task<(Agreement Agreement, AgreementShare Share, string Organisation)> JoinedAsync(Action<Agreement>? change = null, string municipality = Neighbour, string party = OtherParty, Action<Case>? changeCase = null)
    {
        var (agreement, share, organisation) = await InvitedAsync(change, municipality, party);
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

    /// <summary>Rows read as the owner of the schema, past every wall.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var data = NpgsqlDataSource.Create(OwnerConnectionString);
        await using var command = data.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public static void Without(Agreement asked, string party)
    {
        Remove(asked.Parties, item => item.PartyId == party);
        Remove(asked.Contributions, item => item.PartyId == party);
        Remove(asked.PaymentPlan, item => item.PayerPartyId == party);
        Remove(asked.PublicSignatories, item => item.PartyId == party);
    }

    private static void Remove<T>(Google.Protobuf.Collections.RepeatedField<T> items, Func<T, bool> which)
    {
        foreach (var item in items.Where(which).ToList())
        {
            items.Remove(item);
        }
    }

    private void Keep(string municipality, Action<GuidelinePack> change)
    {
        var pack = SamplePack();
        pack.Name = PackOf(municipality);
        change(pack);
        Neighbours.Packs[pack.Name] = pack;
    }

    private static Party Public(string party) => new()
    {
        PartyId = party,
        Side = PartySide.Public,
        PublicPartyKind = PublicPartyKind.OtherMunicipality,
        DisplayName = $"Kommunen {party}",
        FundingSource = FundingSource.Earmarked,
    };

    private static Contribution Money(string party) => new() { PartyId = party, Type = ContributionType.Money, Value = Sum(300_000), Description = "Stöd" };

    private static PaymentPlanItem Payment(string party) => new() { Amount = Sum(300_000), DueDate = new Date { Year = 2027, Month = 3, Day = 1 }, PayerPartyId = party, PayeePartyId = "forening" };
}

[CollectionDefinition(Name)]
public sealed class RunningJointly : ICollectionFixture<JointFixture>
{
    public const string Name = "joint agreements";
}
