using System.Text.RegularExpressions;
using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Platform.Errors;

namespace Iop.Organisations.Api;

/// <summary>Holds reference numbers of cases to the form that the municipality's guideline gives. Source: li-case-reference-format.</summary>
public sealed class CaseReferences(GuidelineShelf guidelines)
{
    /// <exception cref="Refusal"><c>CASE_REFERENCE_FORMAT</c>.</exception>
    public async Task RequireFormAsync(string caseReference, string field, CancellationToken cancellation)
    {
        Require(caseReference, field, await PatternAsync(cancellation));
    }

    /// <summary>Holds those that are given to the form of a pack.</summary>
    /// <inheritdoc cref="RequireFormAsync"/>
    public static void RequireForm(IEnumerable<(string Reference, string Field)> references, GuidelinePack pack)
    {
        foreach (var (reference, field) in references.Where(given => given.Reference.Length > 0))
        {
            Require(reference, field, pack.DecisionRule?.ReferenceNumberPattern ?? "");
        }
    }

    private static void Require(string caseReference, string field, string pattern)
    {
        if (pattern.Length > 0 && !HasForm(caseReference, pattern))
        {
            throw Refusal.Input("CASE_REFERENCE_FORMAT", field, ("pattern", pattern));
        }
    }

    // The whole of it, as the cases are held to the same pattern: not all patterns say where they begin and end.
    private static bool HasForm(string caseReference, string pattern) =>
        Regex.Match(caseReference, pattern, RegexOptions.NonBacktracking) is { Success: true, Index: 0 } match && match.Length == caseReference.Length;

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
