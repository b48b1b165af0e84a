using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

public enum LegalArea { Procurement, StateAid, MunicipalAct, Activity }

/// <summary>A question that a legal assessment answers.</summary>
/// <param name="Tag">The activity tag that adds it; empty where it is always asked.</param>
public sealed record LegalQuestion(string Code, LegalArea Area, string Tag, LocalizedText Text, IReadOnlyList<string> Law);

/// <summary>The questions of law (law.md 2.1 to 2.3 and 2.12).</summary>
public static class LegalQuestions
{
    public const string Acquisition = "procurement-acquisition";
    public const string Remuneration = "procurement-remuneration";
    public const string Enforceable = "procurement-enforceable";
    public const string EconomicInterest = "procurement-economic-interest";
    public const string HandedOver = "municipal-matter-handed-over";

    /// <summary>All four yes make a purchase.</summary>
    public static readonly IReadOnlyList<string> TestsOfProcurement = [Acquisition, Remuneration, Enforceable, EconomicInterest];

    /// <summary>All four yes make aid.</summary>
    public static readonly IReadOnlyList<string> TestsOfAid =
        [EconomicActivity, "state-aid-advantage", "state-aid-distortion", "state-aid-trade"];

    public const string EconomicActivity = "state-aid-economic-activity";
    public const string Sgei = "state-aid-sgei";

    /// <summary>law.md 2.3: without a yes to each of these the municipality has no power to act, and no partnership is possible.</summary>
    public static readonly IReadOnlyList<string> NeededForPartnership =
        ["municipal-general-interest", "municipal-local-link", "municipal-equal-treatment", "care-exercise-of-authority"];

    /// <summary>law.md 2.3 and 2.12: authority is exercised with the support of a statute, and never by a partnership.</summary>
    public const string ExerciseOfAuthority = "municipal-exercise-of-authority";

    /// <summary>law.md 2.3: as a rule not allowed, so a partnership is possible with reservations at most.</summary>
    public const string IndividualSupport = "municipal-individual-support";

    public static IReadOnlyList<LegalQuestion> All { get; } = Read();

    /// <summary>What speaks against a conclusion, of what was answered; null where nothing does.</summary>
    public static LegalAnswer? Against(LegalConclusion conclusion, IReadOnlyList<LegalAnswer> answers) => conclusion switch
    {
        LegalConclusion.NotPossible => null,
        LegalConclusion.IopPossible => answers.FirstOrDefault(answer => Excludes(answer) || AsksForReservations(answer)),
        _ => answers.FirstOrDefault(Excludes),
    };

    private static bool Excludes(LegalAnswer answer) =>
        answer is { Question: ExerciseOfAuthority, Yes: true } || (!answer.Yes && NeededForPartnership.Contains(answer.Question));

    // What is not settled for the kind of activity is settled before the agreement, and until then a reservation.
    private static bool AsksForReservations(LegalAnswer answer) =>
        answer is { Question: IndividualSupport, Yes: true }
        || (!answer.Yes && All.Any(question => question.Code == answer.Question && question.Area == LegalArea.Activity));

    /// <summary>What is asked about a case with these activity tags.</summary>
    public static IEnumerable<LegalQuestion> For(IReadOnlyList<string> tags) =>
        All.Where(question => question.Tag.Length == 0 || tags.Contains(question.Tag));

    private static List<LegalQuestion> Read() =>
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/legal-questions.yaml")["questions"]).Children.Select(row => new LegalQuestion(
            row["code"].ToString(),
            LawTexts.Choice<LegalArea>(row, "area"),
            LawTexts.Word(row, "tag"),
            LawTexts.Text(row),
            LawTexts.Strings(row, "law")))];
}
