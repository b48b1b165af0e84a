using Iop.Organisations.Domain;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>What a person is told when something is refused has no codes in it.</summary>
public sealed class RefusalWordsTests
{
    private static readonly RefusalWords Words = new("organisations.iop", typeof(Program).Assembly);

    public static TheoryData<string, string, IEnumerable<string>> Told => new()
    {
        { "ORGANISATION_STATE_NOT_ALLOWED", "state", Enum.GetValues<OrganisationState>().Select(state => state.ToUpperSnake()) },
        { "REPRESENTATIVE_STATE_NOT_ALLOWED", "state", Enum.GetValues<RepresentativeState>().Select(state => state.ToUpperSnake()) },
        { "DOCUMENT_STATE_NOT_ALLOWED", "state", Enum.GetValues<DocumentState>().Select(state => state.ToUpperSnake()) },
        { "CHECKER_ROLE_REQUIRED", "role", ["committee", Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker] },
        { "SCOPE_MISSING", "allowed", Roles.All },
    };

    [Theory, MemberData(nameof(Told))]
    public void Every_code_in_a_refusal_has_its_word(string reason, string key, IEnumerable<string> codes) => Words.MustHave(reason, key, codes);

    // Numbers, laws and the guideline's own words for a condition.
    [Fact]
    public void No_other_refusal_has_a_place_for_codes() =>
        Words.MustBeTriedBut(Told.Select(row => ((string)row[0], (string)row[1])), "group", "condition", "granted");
}
