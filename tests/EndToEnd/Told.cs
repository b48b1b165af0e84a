using System.Globalization;
using Iop.Eligibility.V1;
using Iop.Journey;
using Iop.Types.V1;

namespace Iop.EndToEnd;

/// <summary>Stories changed a little, and how far they are played.</summary>
internal static class Told
{
    private const string Series = "8999997";
    private static int _next;

    /// <summary>The story of a municipality with another organisation.</summary>
    /// <param name="municipality">Code of the municipality.</param>
    /// <param name="number">Organisation number; without one, an invented one that no other test uses.</param>
    /// <param name="name">Name of the organisation.</param>
    public static Story Of(string municipality, string? number = null, string name = "Föreningen Påhittad")
    {
        var story = Story.Of(municipality);
        story.Organisation.OrganisationNumber = number ?? NewNumber();
        story.Organisation.DisplayName = name;
        return story;
    }

    /// <summary>Answers a criterion otherwise.</summary>
    public static Story Answering(this Story story, string ruleId, AnswerValue value)
    {
        story.Answers.RemoveAll(answer => answer.RuleId == ruleId);
        story.Answers.Add(new CriterionAnswer { RuleId = ruleId, Value = value, Reasoning = "Så är det i det här ärendet." });
        return story;
    }

    /// <summary>Answers a routing question otherwise.</summary>
    public static Story Choosing(this Story story, string questionKey, string option)
    {
        story.Answers.RemoveAll(answer => answer.QuestionKey == questionKey);
        story.Answers.Add(new CriterionAnswer { QuestionKey = questionKey, Option = option });
        return story;
    }

    /// <summary>Takes away what one side contributes.</summary>
    public static Story WithoutContributionsOf(this Story story, PartySide side)
    {
        var parties = story.Case.Parties.Where(party => party.Side == side).Select(party => party.PartyId).ToHashSet();
        foreach (var given in story.Case.Contributions.Where(given => parties.Contains(given.PartyId)).ToList())
        {
            story.Case.Contributions.Remove(given);
        }

        return story;
    }

    /// <summary>Plays up to the dialogue.</summary>
    public static async Task<Case> PreparedAsync(this Stage stage)
    {
        var organisation = await new RegisterOrganisation(stage).RunAsync(Suite.Deadline());
        return await new PrepareCase(stage).RunAsync(organisation, Suite.Deadline());
    }

    /// <summary>Plays up to the choice of instrument.</summary>
    public static async Task<(Case Case, Evaluation Evaluation)> AssessedAsync(this Stage stage) =>
        await new AssessCase(stage).RunAsync(await stage.PreparedAsync(), Suite.Deadline());

    /// <summary>Plays up to the decision.</summary>
    public static async Task<Case> DecidedAsync(this Stage stage)
    {
        var (@case, _) = await stage.AssessedAsync();
        return await new DecideOnCase(stage).RunAsync(@case, Suite.Deadline());
    }

    public static async Task<Case> ReadAsync(this Stage stage, Case @case) =>
        await stage.People.Officer.Cases.GetCaseAsync(new GetCaseRequest { Name = @case.Name }, cancellationToken: Suite.Deadline());

    public static Finding Of(this Evaluation evaluation, string ruleId) => Assert.Single(evaluation.Findings, finding => finding.RuleId == ruleId);

    public static IEnumerable<string> ReasonsFor(this Evaluation evaluation, Instrument instrument) =>
        evaluation.Reasons.Where(reason => reason.Instrument == instrument).Select(reason => reason.RuleId);

    /// <summary>A number in a range that no real organisation has, with its check digit.</summary>
    public static string NewNumber()
    {
        var nine = $"{Series}{Interlocked.Increment(ref _next).ToString("D2", CultureInfo.InvariantCulture)}";
        var sum = nine.Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(weighted => weighted > 9 ? weighted - 9 : weighted);
        return $"{nine[..6]}-{nine[6..]}{(10 - (sum % 10)) % 10}";
    }
}
