using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Goal = Iop.Eligibility.Domain.Cases.Goal;

namespace Iop.Benchmarks;

/// <summary>A case with all that a pack asks for.</summary>
internal static class SampleCase
{
    public const string Municipality = "1285";

    public static string Organisation(int number) => $"municipalities/{Municipality}/organisations/00000000-0000-7000-8000-{number:000000000000}";

    public static CaseContent Content(GuidelinePack pack) => new()
    {
        Title = "Seniorpromenader",
        CaseReference = pack.CaseReference.Example,
        Organisation = Organisation(1),
        Parties =
        [
            new CaseParty("famnen", PartySide.Cso, Organisation(1), null, "Öppna Famnen", true, null, "",
                new RegisteredOrganisation("Öppna Famnen", 8, Enum.GetValues<OrganisationAspect>().ToDictionary(aspect => aspect, _ => true), new Dictionary<string, DocumentStatus>())),
            new CaseParty("arbete", PartySide.Public, "", PublicPartyKind.Committee, "Arbetsmarknadsnämnden", true, PartyFunding.Earmarked, "4711", null),
        ],
        ActivityInitiator = Initiator.Cso,
        FormProposer = Initiator.Municipality,
        Challenge = "Ensamhet bland äldre",
        Need = "Mötesplatser på kvällstid",
        ExistingServices = "Öppet på dagtid",
        AddedValue = "Föreningen når dem som kommunen inte når",
        TargetGroup = "Äldre",
        Domain = pack.Scope.Domains is [var first, ..] ? first.Key : "",
        Goals = [new Goal("Färre ensamma", ["famnen", "arbete"], "Alla äldre i kommunen")],
        ProgrammeLinks = [new Programme("Program för civilsamhället", null, "3.2", "")],
        MunicipalGoalLinks = [.. pack.Policy.Goals.Take(2).Select(goal => new GoalLink(goal.Number, "Gemenskap"))],
        PlannedTermMonths = 36,
        Contributions =
        [
            new PlannedContribution("famnen", ContributionKind.VolunteerHours, "Värdar", 180_000, 900, "200 kronor i timmen"),
            new PlannedContribution("arbete", ContributionKind.Money, "Samordnare", 1_200_000, 0, ""),
        ],
        BudgetPlan = "400 000 kronor om året",
        Declarations = [.. Enum.GetValues<DeclarationKind>().SelectMany(_ => new[] { "famnen", "arbete" }, (kind, party) => new Declaration(party, kind, new DateOnly(2026, 1, 7), ""))],
    };

    /// <summary>A case of which nothing is known but its title, so that all is still to be made good.</summary>
    public static Case Begun(GuidelinePack pack) => Of(pack, new CaseContent { Title = "Seniorpromenader", Organisation = Organisation(1) });

    /// <summary>The case with every question answered.</summary>
    public static Case Answered(GuidelinePack pack)
    {
        var now = DateTimeOffset.UnixEpoch;
        var @case = Of(pack, Content(pack));
        @case.Record(new DialogueEntry { Kind = DialogueKind.Dialogue, Date = new DateOnly(2026, 1, 8), Goals = "Färre ensamma", RecordedBy = "officer", RecordTime = now });
        @case.Record([.. pack.Criteria.Select(criterion => new RecordedAnswer(criterion.Id, "", Answer.Yes, "", "Så är det", "", "officer", now))], [], pack);
        return @case;
    }

    private static Case Of(GuidelinePack pack, CaseContent content) => new(pack.Municipality, GuidelineVersion.NameOf(pack.Municipality, pack.Version), content);
}
