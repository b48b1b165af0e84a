using Iop.Agreements.Domain;
using Iop.Eligibility.V1;
using Iop.Platform.Requests;
using Iop.Sight;

namespace Iop.Agreements.Api;

/// <summary>What an approved case knows, as the first terms and texts of an agreement.</summary>
internal static class CaseMapping
{
    public static CaseFacts ToFacts(this Case approved, TermsInput input) => new()
    {
        CaseName = approved.Name,
        PackName = approved.GuidelinePack,
        Title = approved.Title,
        Parties = WithLeads(input.Parties(approved.Parties)),
        Contributions = input.Contributions(approved.Contributions),
        Goals = [.. approved.Goals.Select(goal => goal.Text)],
        PlannedStart = approved.PlannedStartDate?.ToDateOnly(),
        TermMonths = approved.PlannedTermMonths,
        ExtensionCount = approved.PlannedExtensionCount,
        ExtensionMonths = approved.PlannedExtensionMonths,
        BudgetPlan = PlainText.Normalise(approved.BudgetPlan),
        Origin = approved.ToOrigin(),
        Departures = [.. approved.Motivations.Select(motivation => new Departure(motivation.RuleId, motivation.Text, "", motivation.MotivateTime?.ToDateTimeOffset() ?? default))],
        Committees = approved.ToCommittees(),
        Texts = new Dictionary<string, string>
        {
            ["challenge"] = approved.Challenge,
            ["need"] = approved.Need,
            ["existingServices"] = approved.ExistingServices,
            ["addedValue"] = approved.AddedValue,
            ["targetGroup"] = First(approved.TargetGroup, Latest(approved, entry => entry.TargetGroupOutcome)),
            ["values"] = First(approved.SharedValues, Latest(approved, entry => entry.ValuesOutcome)),
            ["activity"] = Latest(approved, entry => entry.ActivityOutcome),
        },
    };

    public static Origin ToOrigin(this Case approved) => new()
    {
        Domain = approved.Domain,
        ChallengeCodes = [.. approved.ChallengeCodes],
        TargetGroupCodes = [.. approved.TargetGroupCodes],
        MunicipalMatter = approved.FollowUpAndInsightRequired,
        Entrustment = approved.RestsOnEntrustment(),
        Announcement = approved.ToAnnouncement(),
    };

    /// <summary>Whether the current assessment rests the payment on an entrustment (law.md 2.2).</summary>
    public static bool RestsOnEntrustment(this Case approved) =>
        approved.LegalAssessments.LastOrDefault(assessment => !assessment.Superseded)?.StateAidBasis is Eligibility.V1.StateAidBasis.SgeiDecision;

    public static MatterCommittees ToCommittees(this Case approved) => approved.Committees is not { } committees
        ? MatterCommittees.None
        : new MatterCommittees(committees.Responsible.Length > 0 ? [committees.Responsible, .. committees.Concerned] : [], committees.Only);

    public static OwnCase ToOwnCase(this Case approved) => new(approved.Name, approved.GuidelinePack, approved.ToAid(), approved.ToCommittees());

    public static Announcement? ToAnnouncement(this Case approved) => approved.Decision is { AnnounceDate: not null } or { FinalDate: not null }
        ? new Announcement(approved.Decision.AnnounceDate?.ToDateOnly(), approved.Decision.FinalDate?.ToDateOnly())
        : null;

    /// <summary>The de minimis aid by the case's current full assessment; null where it finds another basis.</summary>
    public static DeMinimisAid? ToAid(this Case approved) =>
        approved.LegalAssessments.LastOrDefault(assessment => assessment is { Kind: LegalAssessment.Types.Kind.Full, Superseded: false }) is { } full
            ? full.StateAidBasis switch
            {
                Eligibility.V1.StateAidBasis.DeMinimis => new DeMinimisAid(Domain.StateAidBasis.DeMinimis, full.DeMinimisAmount?.ToDecimal() ?? 0),
                Eligibility.V1.StateAidBasis.SgeiDeMinimis => new DeMinimisAid(Domain.StateAidBasis.SgeiDeMinimis, full.DeMinimisAmount?.ToDecimal() ?? 0),
                _ => null,
            }
            : null;

    // A case need not say who leads; an agreement must, so the first of a side leads until the parties say otherwise.
    private static IReadOnlyList<Party> WithLeads(IReadOnlyList<Party> parties)
    {
        var led = parties.Where(party => party.Lead).Select(party => party.Side).ToHashSet();
        return [.. parties.Select(party => led.Add(party.Side) ? party with { Lead = true } : party)];
    }

    private static string Latest(Case approved, Func<DialogueEntry, string> outcome) =>
        approved.DialogueEntries.Select(outcome).LastOrDefault(text => text.Length > 0) ?? "";

    private static string First(string said, string otherwise) => said.Length > 0 ? said : otherwise;
}
