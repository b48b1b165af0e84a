using System.Text.RegularExpressions;
using Grpc.Core;
using Iop.Platform.Errors;

namespace Iop.Organisations.Api;

/// <summary>Holds reference numbers of cases to the form that the municipality's guideline gives. Source: li-case-reference-format.</summary>
public sealed class CaseReferences(GuidelineShelf guidelines)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <exception cref="Refusal"><c>CASE_REFERENCE_FORMAT</c>.</exception>
    public async Task RequireFormAsync(string caseReference, string field, CancellationToken cancellation)
    {
        var pattern = await PatternAsync(cancellation);
        if (pattern.Length > 0 && !Regex.IsMatch(caseReference, pattern, RegexOptions.CultureInvariant, MatchTimeout))
        {
            throw Refusal.Input("CASE_REFERENCE_FORMAT", field, ("pattern", pattern));
        }
    }

    // A municipality that has no guideline yet registers its documents all the same, in whatever form it uses.
    private async Task<string> PatternAsync(CancellationToken cancellation)
    {
        try
        {
            return (await guidelines.GetAsync("", cancellation)).DecisionRule?.ReferenceNumberPattern ?? "";
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return "";
        }
    }
}
