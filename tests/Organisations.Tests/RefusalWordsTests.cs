using System.Text.RegularExpressions;
using Iop.Organisations.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Organisations.Tests;

/// <summary>What a person is told when something is refused has no codes in it.</summary>
public sealed partial class RefusalWordsTests
{
    private static readonly ErrorCatalogue Catalogue = ErrorCatalogue.Load("organisations.iop", typeof(Program).Assembly);

    public static TheoryData<string, IEnumerable<string>> Told => new()
    {
        { "ORGANISATION_STATE_NOT_ALLOWED", Enum.GetValues<OrganisationState>().Select(state => state.ToUpperSnake()) },
        { "REPRESENTATIVE_STATE_NOT_ALLOWED", Enum.GetValues<RepresentativeState>().Select(state => state.ToUpperSnake()) },
        { "DOCUMENT_STATE_NOT_ALLOWED", Enum.GetValues<DocumentState>().Select(state => state.ToUpperSnake()) },
    };

    [Theory, MemberData(nameof(Told))]
    public void Every_state_in_a_refusal_has_its_word(string reason, IEnumerable<string> states)
    {
        Assert.All(states, state => Assert.DoesNotMatch(Code(), Catalogue.For(reason, [KeyValuePair.Create("state", state), KeyValuePair.Create("allowed", state)]).Sv));
    }

    [Fact]
    public void Who_is_to_check_is_told_as_people_call_them() =>
        Assert.Contains("nämnden", Catalogue.For("CHECKER_ROLE_REQUIRED", [KeyValuePair.Create("role", "committee")]).Sv, StringComparison.Ordinal);

    [GeneratedRegex("[A-Z]{3,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
