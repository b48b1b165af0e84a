using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Iop.Agreements.Domain;
using Iop.Platform.Requests;

namespace Iop.Agreements.Export;

/// <summary>An agreement with what a list of grants says of it besides its terms.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Domain">Code of the domain.</param>
/// <param name="ChallengeCodes">Codes of the kind of challenge.</param>
/// <param name="TargetGroupCodes">Codes of those whom it is for.</param>
/// <param name="Municipality">Code of the other municipality that hands it out; empty for the lead.</param>
internal sealed record GrantSource(Agreement Agreement, string Domain, IReadOnlyList<string> ChallengeCodes, IReadOnlyList<string> TargetGroupCodes, string Municipality = "");

/// <summary>
/// Agreements in the shape of the 360Giving standard: who gives whom how much, when and for what. Persons, contacts and
/// the parties' free text are left out.
/// </summary>
internal sealed class GrantExport(string municipality, string municipalityName)
{
    // The standard gives each publisher a prefix. Until the suite is registered there, this is its own.
    private const string Prefix = "360G-iop";
    private const string RegisterOfOrganisations = "SE-ON";
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <returns>How many agreements were written.</returns>
    public async Task<int> WriteAsync(IAsyncEnumerable<GrantSource> agreements, ExportStream output, CancellationToken cancellation)
    {
        var count = 0;
        await using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteStartArray("grants");
        await foreach (var source in agreements.WithCancellation(cancellation))
        {
            if (source.Agreement is not { HasBeenInForce: true, ActivateTime: { } awarded })
            {
                continue;
            }

            count++;
            foreach (var grant in Grant.Of(source.Agreement.Terms, source.Municipality))
            {
                Write(json, source, grant, awarded);
            }

            await json.FlushAsync(cancellation);
            await output.DrainAsync();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        return count;
    }

    private void Write(Utf8JsonWriter json, GrantSource source, Grant grant, DateTimeOffset awarded)
    {
        var (agreement, terms) = (source.Agreement, source.Agreement.Terms);
        json.WriteStartObject();
        json.WriteString("id", $"{Prefix}-{municipality}-{agreement.Id}-{grant.From.PartyId}-{grant.To.PartyId}");
        json.WriteString("title", terms.Title);
        json.WriteString("description", terms.Goals.Count == 0 ? terms.Title : string.Join(' ', terms.Goals.Select(goal => goal.Text)));
        json.WriteString("currency", "SEK");
        json.WriteNumber("amountAwarded", grant.Amount);
        json.WriteString("awardDate", Date(awarded.DayInSweden()));
        WritePlannedDates(json, terms);
        WriteOrganisation(json, "recipientOrganization", IdOf(grant.To), grant.To.DisplayName);
        WriteOrganisation(json, "fundingOrganization", IdOf(grant.From), $"{grant.From.DisplayName}, {municipalityName}");
        WriteClassifications(json, source);
        json.WriteStartArray("beneficiaryLocation");
        json.WriteStartObject();
        json.WriteString("name", municipalityName);
        json.WriteString("countryCode", "SE");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("dateModified", agreement.UpdateTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WritePlannedDates(Utf8JsonWriter json, AgreementTerms terms)
    {
        if ((terms.StartDate, terms.EndDate) is not ({ } start, { } end))
        {
            return;
        }

        var dayAfter = end.AddDays(1);
        json.WriteStartArray("plannedDates");
        json.WriteStartObject();
        json.WriteString("startDate", Date(start));
        json.WriteString("endDate", Date(end));
        json.WriteNumber("duration", ((dayAfter.Year - start.Year) * 12) + dayAfter.Month - start.Month - (dayAfter.Day < start.Day ? 1 : 0));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteClassifications(Utf8JsonWriter json, GrantSource source)
    {
        (string Vocabulary, string Code)[] codes =
        [
            .. source.Domain.Length > 0 ? [("IOP domain", source.Domain)] : Array.Empty<(string, string)>(),
            .. source.ChallengeCodes.Select(code => ("IOP challenge", code)),
            .. source.TargetGroupCodes.Select(code => ("IOP target group", code)),
        ];
        if (codes.Length == 0)
        {
            return;
        }

        json.WriteStartArray("classifications");
        foreach (var (vocabulary, code) in codes)
        {
            json.WriteStartObject();
            json.WriteString("vocabulary", vocabulary);
            json.WriteString("code", code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOrganisation(Utf8JsonWriter json, string name, string id, string displayName)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", displayName);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // A committee has no number of its own: it is known by the municipality's code and its key in the agreement.
    private string IdOf(Party party) => party.OrganisationNumber.Length > 0
        ? $"{RegisterOfOrganisations}-{party.OrganisationNumber.Replace("-", "", StringComparison.Ordinal)}"
        : $"{Prefix}-{municipality}-{party.PartyId}";

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
