using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>The limits of procurement law on a day, in SEK without VAT. Source: law.md 2.1.</summary>
/// <param name="DirectAward">Limit of direct award.</param>
/// <param name="AnnexTwo">The limit for social and other special services.</param>
public sealed record ProcurementLimits(DateOnly ValidFrom, DateOnly ValidTo, decimal DirectAward, decimal AnnexTwo)
{
    private static readonly IReadOnlyList<ProcurementLimits> Rows = Read();

    /// <summary>The limits in force; null where none is known, which decides nothing.</summary>
    public static ProcurementLimits? On(DateOnly date) => Rows.FirstOrDefault(row => row.ValidFrom <= date && date <= row.ValidTo);

    private static List<ProcurementLimits> Read() =>
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/procurement-limits.yaml")["limits"]).Children.Select(row => new ProcurementLimits(
            DateOnly.Parse(row["validFrom"].ToString(), CultureInfo.InvariantCulture),
            DateOnly.Parse(row["validTo"].ToString(), CultureInfo.InvariantCulture),
            decimal.Parse(row["directAward"].ToString(), CultureInfo.InvariantCulture),
            decimal.Parse(row["annexTwo"].ToString(), CultureInfo.InvariantCulture)))];
}
