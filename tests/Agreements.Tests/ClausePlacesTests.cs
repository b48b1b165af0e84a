using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Agreements.Domain;
using Iop.Platform.Persistence;

namespace Iop.Agreements.Tests;

/// <summary>
/// Where the linter looks. Each text of the terms is tried by itself, so that a new one that nobody has thought of fails here
/// until it is looked at or stands among those that are not, with its reason.
/// </summary>
public sealed class ClausePlacesTests
{
    private const string Clause = "Vite utgår med 10 000 kronor.";

    private static readonly string[] Looked =
    [
        "annexes[0].heading", "annexes[0].text", "collaboration.municipal_role", "commitments[0].text", "contributions[0].description", "contributions[0].valuation_method",
        "economy.budget_plan", "economy.compensation_basis", "economy.other_grants_disclosure", "ending.disputes", "ending.hardship", "ending.rescission_grounds[0]",
        "ending.wind_down", "follow_up.financing", "follow_up.how", "follow_up.who", "goals[0].text", "knowledge.how", "knowledge.what", "knowledge.who", "publicity.secrecy", "stakeholders[0].concern", "title",
    ];

    // What the partnership does not do; what the law itself demands control of; names, functions and what points at something.
    private static readonly string[] Passed =
    [
        "exclusions[0]", "publicity.insight", "entrustment.service", "entrustment.compensation", "entrustment.overcompensation",
        "annexes[0].document", "annexes[0].file_name", "annexes[0].media_type", "annexes[0].sha256",
        "collaboration.convener_party_id", "collaboration.groups[0].chair", "collaboration.groups[0].members[0]", "collaboration.officer_function",
        "commitments[0].party_id", "contacts[0].display_name", "contacts[0].email", "contacts[0].function", "contacts[0].party_id", "contacts[0].phone",
        "contributions[0].party_id", "ending.notices[0].party_id", "ending.renegotiation_party_ids[0]", "goals[0].goal_id",
        "parties[0].budget_code", "parties[0].display_name", "parties[0].municipality", "parties[0].organisation", "parties[0].organisation_number", "parties[0].party_id",
        "payment_plan[0].payee_party_id", "payment_plan[0].payer_party_id", "publicity.osl_party_ids[0]",
        "public_signatories[0].display_name", "public_signatories[0].party_id", "public_signatories[0].person_ref", "public_signatories[0].role",
        "stakeholders[0].contact_function", "stakeholders[0].name",
    ];

    private static readonly AgreementTerms Full = new()
    {
        Title = "t",
        Parties = [new Party("p", PartySide.Public, "n")],
        Contributions = [new Contribution("p", ContributionType.Money, 1m)],
        PaymentPlan = [new PaymentPlanItem(1m, null, "p", "q")],
        Goals = [new Goal("g", "t")],
        Contacts = [new ContactPerson("p", "f", "n", "e", "t")],
        PublicSignatories = [new Signatory("p", "r", "n", "o")],
        Exclusions = ["e"],
        Commitments = [new Commitment("p", CommitmentKind.Commitment, "t")],
        Stakeholders = [new Stakeholder("n", StakeholderKind.Administration, "c", "f")],
        Collaboration = new Collaboration { Groups = [new Group(GroupKind.Steering, 2, ["p"], "c")] },
        Ending = new EndingTerms { RenegotiationPartyIds = ["p"], Notices = [new NoticeTerms("p", 3)], RescissionGrounds = ["g"] },
        Publicity = new PublicityTerms { OslPartyIds = ["p"] },
        Annexes = [new Annex("h", "t")],
    };

    public static TheoryData<string> Texts => [.. Paths];

    private static IEnumerable<string> Paths => TextsIn(JsonSerializer.SerializeToNode(Full, Json.Options)!).Select(text => text.Path);

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_of_the_terms_is_looked_at_or_is_known_not_to_be(string path)
    {
        var whole = JsonSerializer.SerializeToNode(Full, Json.Options)!;
        TextsIn(whole).Single(text => text.Path == path).Set(Clause);
        var terms = whole.Deserialize<AgreementTerms>(Json.Options)!;

        var found = AgreementCheck.Run(terms, [], Samples.Rules, Samples.Phrases).Where(finding => finding.Place is not null);

        Assert.Equal(Looked.Where(place => place == path), found.Select(finding => finding.FieldPath));
        Assert.True(Looked.Contains(path) != Passed.Contains(path), $"{path} is a text that nobody has decided on");
    }

    [Fact]
    public void Every_place_is_tried() =>
        Assert.Equal(Looked.Concat(Passed).Order(StringComparer.Ordinal), Paths.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(false, "", "")]
    [InlineData(false, "activity", "sections[0].text")]
    [InlineData(true, "activity", "sections[0].text sections[0].heading")]
    public void Of_a_section_its_own_words_are_looked_at_and_a_heading_only_when_the_parties_wrote_it(bool added, string under, string places)
    {
        var section = Samples.Heading("activity", SectionMode.Optional, SectionSource.None) with
        {
            Heading = new LocalizedText(Clause, ""),
            Text = Clause,
            Under = added ? "values" : "",
            Skipped = under.Length == 0,
            SkipReason = "Hör inte hit.",
        };

        Assert.Equal(places, string.Join(' ', AgreementCheck.Run(new AgreementTerms(), [section], Samples.Rules, Samples.Phrases).Where(finding => finding.Place is not null).Select(finding => finding.FieldPath)));
    }

    // The paths as findings have them, whatever names the stored form gives the fields.
    private static IEnumerable<(string Path, Action<string> Set)> TextsIn(JsonNode node, string path = "") => node switch
    {
        JsonObject fields => fields.ToList().SelectMany(field => At(field.Value, Joined(path, field.Key), text => fields[field.Key] = text)),
        JsonArray items => Enumerable.Range(0, items.Count).SelectMany(i => At(items[i], $"{path}[{i}]", text => items[i] = text)),
        _ => [],
    };

    private static IEnumerable<(string Path, Action<string> Set)> At(JsonNode? value, string path, Action<string> set) => value switch
    {
        // A value of an enumeration is stored as a word too, and is no text.
        JsonValue word when word.GetValueKind() == JsonValueKind.String => IsText(path) ? [(path, set)] : [],
        JsonObject or JsonArray => TextsIn(value, path),
        _ => [],
    };

    private static bool IsText(string path) =>
        !new[] { "side", "kind", "type", "funding_source", "surplus_rule", "reporting_responsibility" }.Contains(path[(path.LastIndexOf('.') + 1)..]);

    private static string Joined(string path, string field) => (path.Length == 0 ? "" : $"{path}.") + JsonNamingPolicy.SnakeCaseLower.ConvertName(field);
}
