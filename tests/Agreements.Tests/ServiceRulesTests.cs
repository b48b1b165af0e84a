using System.Reflection;
using System.Text.RegularExpressions;

using Iop.Agreements.Api;
using Iop.Agreements.Data;
using Iop.Agreements.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed partial class ServiceRulesTests(AgreementsFixture service)
{
    [Fact]
    public Task The_schema_is_what_the_model_says() => SchemaAssert.ModelEqualsSchemaAsync<AgreementsDb>(service);

    [Fact]
    public Task Every_table_is_walled_off() => SchemaAssert.EveryTableIsWalledOffAsync<AgreementsDb>(service);

    [Fact]
    public void Every_call_of_the_contract_is_served_and_says_who_may_make_it()
    {
        (Google.Protobuf.Reflection.ServiceDescriptor Contract, Type Api)[] served =
            [(AgreementsService.Descriptor, typeof(AgreementsApi)), (StateAidService.Descriptor, typeof(StateAidApi)), (JointAgreementsService.Descriptor, typeof(JointAgreementsApi)),
             (AgreementDocumentsService.Descriptor, typeof(AgreementDocumentsApi)), (DisclosuresService.Descriptor, typeof(DisclosuresApi))];
        var methods = served.SelectMany(service => service.Contract.Methods.Select(method =>
            service.Api.GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)));

        Assert.All(methods, method => Assert.NotEmpty(method!.GetCustomAttribute<AccessAttribute>()!.Roles));
    }

    [Fact]
    public void Every_reason_that_the_code_gives_has_its_sentences()
    {
        var known = service.Services.GetRequiredService<ErrorCatalogue>().Reasons.ToHashSet();
        var thrown = Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Reason().Matches(File.ReadAllText(file)).Select(match => match.Groups["reason"].Value))
            .ToHashSet();

        Assert.True(thrown.Count > 20, "the reasons were found");
        Assert.Empty(thrown.Except(known));
    }

    [Theory]
    [InlineData("AGREEMENT_NOT_FOUND")]
    [InlineData("SECTION_NOT_FOUND")]
    [InlineData("SECTION_REQUIRED")]
    [InlineData("REVISION_NOT_FOUND")]
    [InlineData("AGREEMENT_STATE_NOT_ALLOWED")]
    [InlineData("CASE_NOT_APPROVED")]
    [InlineData("CASE_HAS_AGREEMENT")]
    [InlineData("TEXT_HASH_MISMATCH")]
    [InlineData("AGREEMENT_CHECK_FAILED")]
    [InlineData("ORGANISATION_NOT_ELIGIBLE")]
    [InlineData("SIGNATORIES_MISSING")]
    [InlineData("SIGNATORY_NOT_AUTHORISED")]
    [InlineData("ALREADY_SIGNED")]
    [InlineData("ASSURANCE_LEVEL_TOO_LOW")]
    public void Every_reason_of_the_contract_has_its_sentences(string reason) =>
        Assert.Contains(reason, service.Services.GetRequiredService<ErrorCatalogue>().Reasons);

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "services", "Agreements")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "services", "Agreements");
    }

    [GeneratedRegex("(?<![A-Z_])\"(?<reason>[A-Z]{2,}(?:_[A-Z]+)+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reason();
}
