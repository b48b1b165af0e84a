using Iop.Agreements.Data;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>
/// The service with its events on their way, and three municipalities of different guidelines: one that leads, one that
/// joins, and a third. Their neighbours answer nobody from another municipality.
/// </summary>
public sealed partial class JointFixture() : RunningService<AgreementsDb>(Program.Build)
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
        .For<AgreementActivated>().For<AgreementAmended>().For<AgreementExtended>().For<AgreementEnded>().For<AgreementSuspended>().For<AgreementResumed>().For<DisputeOpened>()
        .For<DisputeResolved>().For<CommentAdded>().For<CommentResolved>().For<ProposalMade>().For<ProposalSettled>().For<AgreementDocumentReceived>()
        .For<AgreementCommitteesChanged>().For<PartyLeft>().For<RenewalTalksRecorded>();

    public NeighbourData Neighbours => _neighbours!.Data;

    public static string Of(string municipality) => $"municipalities/{municipality}";

    public static string PackOf(string municipality) => $"{Of(municipality)}/guidelinePacks/2024-1";

    public AgreementsService.AgreementsServiceClient Officer(string municipality) => new(As(municipality, Roles.CaseOfficer, $"officer-{municipality}", $"Handläggaren i {municipality}"));

    public AgreementsService.AgreementsServiceClient Signatory(string municipality, string subject) => new(As(municipality, Roles.DecisionMaker, subject, $"Undertecknaren i {municipality}"));

    public AgreementsService.AgreementsServiceClient Representative(string organisation, string subject = Anna, string municipality = Lead) =>
        new(As(municipality, Roles.OrganisationRepresentative, subject, "Anna Andersson", organisations: organisation));

    public JointAgreementsService.JointAgreementsServiceClient Joint(string municipality, string role = Roles.CaseOfficer) => new(As(municipality, role, $"officer-{municipality}", $"Handläggaren i {municipality}"));

    /// <summary>The documents of agreements, as a case officer or as a representative of an organisation.</summary>
    public AgreementDocumentsService.AgreementDocumentsServiceClient Documents(string municipality, string organisation = "") => organisation.Length == 0
        ? new(As(municipality, Roles.CaseOfficer, $"officer-{municipality}", $"Handläggaren i {municipality}"))
        : new(As(municipality, Roles.OrganisationRepresentative, Anna, "Anna Andersson", organisations: organisation));

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
            pack.DecisionRule = new DecisionRule { RuleId = "t-board", Body = new LocalizedText { Sv = "Nämnden beslutar.", En = "The committee decides." }, Bodies = { DecidingBody.Committee } };
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

    /// <summary>The terms with one public party more, which brings money and names who signs for it.</summary>
    public static Agreement WithParty(Agreement agreement, string party, string signatory)
    {
        var asked = agreement.Clone();
        asked.Parties.Add(Public(party));
        asked.Contributions.Add(Money(party));
        asked.PaymentPlan.Add(Payment(party));
        asked.PublicSignatories.Add(new Signatory { PartyId = party, PersonRef = signatory, DisplayName = "Lo Granne", Role = "ordförande" });
        return asked;
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
