namespace Iop.Contracts.Tests;

/// <summary>Holds every proto of the contracts assembly to the rules; one added later is held to them too.</summary>
public sealed class ContractTests
{
    private static readonly Contract Contracts = Contract.Load();

    [Fact]
    public void Every_source_file_is_compiled_into_the_assembly()
    {
        Assert.NotEmpty(Contracts.Methods);
        Assert.Equal(
            Contracts.Comments.Files.Order(StringComparer.Ordinal),
            Contracts.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("iop.organisations.v1.OrganisationsService")]
    [InlineData("iop.organisations.v1.DocumentsService")]
    [InlineData("iop.eligibility.v1.GuidelinesService")]
    [InlineData("iop.eligibility.v1.CasesService")]
    public void The_service_is_among_those_checked(string service) =>
        Assert.NotEmpty(Assert.Single(Contracts.Services, candidate => candidate.FullName == service).Methods);

    [Fact]
    public void Services_end_in_Service() => Holds(ContractRules.ServiceNames(Contracts));

    [Fact]
    public void Packages_are_version_one_and_their_namespaces_follow() => Holds(ContractRules.Packages(Contracts));

    [Fact]
    public void Resources_have_their_name_first() => Holds(ContractRules.ResourceNames(Contracts));

    [Fact]
    public void Resources_can_be_read_and_listed() => Holds(ContractRules.GetAndList(Contracts));

    [Fact]
    public void Lists_are_paged() => Holds(ContractRules.Lists(Contracts));

    [Fact]
    public void Calls_that_change_something_have_a_request_id() => Holds(ContractRules.RequestIds(Contracts));

    [Fact]
    public void Updates_have_a_mask_and_take_the_resource() => Holds(ContractRules.UpdateMasks(Contracts));

    [Fact]
    public void What_can_change_has_an_etag() => Holds(ContractRules.Etags(Contracts));

    [Fact]
    public void References_are_full_names() => Holds(ContractRules.References(Contracts));

    [Fact]
    public void Enums_begin_with_unspecified() => Holds(ContractRules.EnumZeroes(Contracts));

    [Fact]
    public void Calls_document_their_error_reasons() => Holds(CommentRules.ErrorReasons(Contracts));

    [Fact]
    public void Fields_say_who_fills_them() => Holds(CommentRules.FieldBehaviour(Contracts));

    // All faults at once and in full, where Assert.Empty would cut them short.
    private static void Holds(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
