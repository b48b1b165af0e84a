using System.Text.RegularExpressions;
using Iop.FollowUp.Data;
using Iop.FollowUp.V1;
using Iop.Platform.Errors;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>What holds for the service as a whole: its schema, its errors, its logs.</summary>
[Collection(FollowUpTests.Name)]
public sealed partial class FormTests(FollowUpFixture service)
{
    [Fact]
    public Task The_model_is_the_migrated_schema() => SchemaAssert.ModelEqualsSchemaAsync(service);

    [Fact]
    public Task Every_table_is_walled_off() => SchemaAssert.EveryTableIsWalledOffAsync(service);

    [Fact]
    public void Every_reason_that_the_contract_documents_has_its_sentences()
    {
        using var reader = new StreamReader(typeof(FormTests).Assembly.GetManifestResourceStream("followup.proto")!);
        var documented = Reason().Matches(ErrorLists().Matches(reader.ReadToEnd()).Aggregate("", (all, match) => all + match.Value)).Select(m => m.Value).Distinct().ToList();
        var catalogue = ErrorCatalogue.Load("followup.iop", typeof(FollowUpDb).Assembly);

        Assert.Contains("EVALUATION_STATE_NOT_ALLOWED", documented);
        Assert.Empty(documented.Except(catalogue.Reasons));
        Assert.All(catalogue.Reasons, reason =>
        {
            var text = catalogue.For(reason, []);
            Assert.NotEmpty(text.Sv);
            Assert.NotEmpty(text.En);
        });
    }

    [Fact]
    public async Task What_people_write_is_not_logged()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var request = Partnership.Submission((await partnership.ReportsAsync())[0], "Ordet brandgulsprickig står bara här.");
        await partnership.Representative.SubmitReportAsync(request);

        Assert.Contains(service.Errors.Lines, line => line.Contains("followup.plan.made", StringComparison.Ordinal));
        Assert.DoesNotContain(service.Errors.Lines, line => line.Contains("brandgulsprickig", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"// Errors:[^;]*?(?=\n  rpc)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ErrorLists();

    [GeneratedRegex("[A-Z]+(?:_[A-Z]+)+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reason();
}
