using System.Reflection;
using System.Text.RegularExpressions;
using Iop.Organisations.Api;
using Iop.Organisations.Data;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>What the service promises in its contract, schema and error catalogue, held together.</summary>
[Collection(Register.Name)]
public sealed partial class ContractTests(RegisterFixture register)
{
    private static readonly ErrorCatalogue Catalogue = ErrorCatalogue.Load("organisations.iop", typeof(Program).Assembly);

    [Fact]
    public Task The_model_is_the_migrated_schema() => SchemaAssert.ModelEqualsSchemaAsync(register);

    [Fact]
    public Task Every_table_is_behind_the_walls() => SchemaAssert.EveryTableIsWalledOffAsync(register);

    [Theory]
    [InlineData("organisations.proto")]
    [InlineData("documents.proto")]
    [InlineData("document_requirements.proto")]
    [InlineData("representatives.proto")]
    [InlineData("vetting.proto")]
    [InlineData("funding.proto")]
    public void Every_reason_that_the_contract_names_has_its_sentences(string file)
    {
        var named = ErrorLists().Matches(Read(file)).SelectMany(list => Reason().Matches(list.Value).Select(reason => reason.Value)).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Catalogue.Reasons));
    }

    [Fact]
    public void Every_sentence_is_there_in_both_languages()
    {
        Assert.All(Catalogue.Reasons, reason =>
        {
            var text = Catalogue.For(reason, []);
            Assert.True(text.Sv.Length > 0 && text.En.Length > 0 && reason.Length <= 63, reason);
        });
    }

    [Theory]
    [InlineData(typeof(OrganisationsApi), typeof(OrganisationsService.OrganisationsServiceBase))]
    [InlineData(typeof(DocumentsApi), typeof(DocumentsService.DocumentsServiceBase))]
    [InlineData(typeof(DocumentRequirementsApi), typeof(DocumentRequirementsService.DocumentRequirementsServiceBase))]
    [InlineData(typeof(RepresentativesApi), typeof(RepresentativesService.RepresentativesServiceBase))]
    [InlineData(typeof(VettingApi), typeof(VettingService.VettingServiceBase))]
    [InlineData(typeof(FundingApi), typeof(FundingService.FundingServiceBase))]
    public void Every_method_is_implemented_and_says_who_may_call_it(Type api, Type contract)
    {
        var methods = contract.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

        Assert.NotEmpty(methods);
        Assert.All(methods, method =>
        {
            var implementation = api.GetMethod(method.Name, [.. method.GetParameters().Select(p => p.ParameterType)])!;
            Assert.Equal(api, implementation.DeclaringType);
            var roles = implementation.GetCustomAttribute<AccessAttribute>()!.Roles;
            Assert.Empty(roles.Except(Roles.All));
            Assert.DoesNotContain(Roles.Operator, roles);
        });
    }

    [Fact]
    public void Every_entity_of_a_tenant_begins_its_key_with_the_municipality()
    {
        using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateScope(register.Services);
        var db = (OrganisationsDb)scope.ServiceProvider.GetService(typeof(OrganisationsDb))!;

        Assert.All(db.Model.GetEntityTypes(), entity => Assert.Equal("Municipality", entity.FindPrimaryKey()!.Properties[0].Name));
    }

    private static string Read(string file)
    {
        using var stream = typeof(ContractTests).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"// Errors:[^;]*?(?=\n\s*rpc )", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ErrorLists();

    [GeneratedRegex(@"\b[A-Z]+(?:_[A-Z]+)+\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reason();
}
