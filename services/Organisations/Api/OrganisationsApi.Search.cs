using Iop.Organisations.Domain;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;

namespace Iop.Organisations.Api;

/// <summary>Search by words, in Swedish.</summary>
public sealed partial class OrganisationsApi
{
    private const int QueryLength = 200;
    private const int MaxWords = 10;
    private const int WordLength = 3;

    private async Task<(IReadOnlyList<Organisation> Items, string NextPageToken)> SearchAsync(
        Page page, string query, IReadOnlyList<Comparison> comparisons, IReadOnlyList<string>? own, CancellationToken cancellation)
    {
        string[] words = [.. ReadWords(query)];
        var states = ValuesOf<OrganisationState>(comparisons, "state");
        var eligibilities = ValuesOf<PartyEligibility>(comparisons, "party_eligibility");
        var keys = await KeysOfNumbersAsync(comparisons, own, cancellation);
        var (found, next) = await page.FetchAsync(
            (before, most) => db.Database.SqlQuery<Guid>(
                $"SELECT search_organisations({words}, {states}::text[], {eligibilities}::text[], {keys}::text[], {before}::uuid, {most}) AS \"Value\"").ToListAsync(cancellation),
            id => id);
        var organisations = await db.Organisations.AsNoTracking().Where(o => found.Contains(o.Id)).OrderByDescending(o => o.Id).ToListAsync(cancellation);
        return (organisations, next);
    }

    private static IReadOnlyList<string> ReadWords(string query)
    {
        var faults = new Faults();
        var words = SearchText.WordsOf(faults.Text("query", query, QueryLength));
        faults.Number("query", words.Count, 0, MaxWords);

        // Shorter words have no trigram of their own, and would have every organisation read through.
        faults.Require(words.Any(word => word.Length >= WordLength), "query", "QUERY_TOO_SHORT");
        faults.ThrowIfAny();
        return words;
    }

    // Conditions are joined by AND: two values of one field are met by none.
    private static string[]? ValuesOf<T>(IReadOnlyList<Comparison> comparisons, string field)
        where T : struct, Enum
    {
        var values = comparisons.Where(comparison => comparison.Field == field)
            .Select(comparison => EnumNames.FromUpperSnake<T>(comparison.Value) ?? throw Unknown(field)).Distinct().ToList();
        return values.Count switch { 0 => null, 1 => [$"{values[0]}"], _ => [] };
    }

    private async Task<string[]?> KeysOfNumbersAsync(IReadOnlyList<Comparison> comparisons, IReadOnlyList<string>? own, CancellationToken cancellation)
    {
        var numbers = comparisons.Where(comparison => comparison.Field == "organisation_number").ToList();
        return numbers.Count == 0
            ? own?.ToArray()
            : await Narrow(Visible(own), numbers).Select(o => o.Key).ToArrayAsync(cancellation);
    }
}
