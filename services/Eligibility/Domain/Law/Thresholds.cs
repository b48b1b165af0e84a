using System.Globalization;
using Iop.Eligibility.Domain.Guidelines;
using YamlDotNet.RepresentationModel;

namespace Iop.Eligibility.Domain.Law;

public enum ProcurementLaw { Lou }

public enum ThresholdKind { DirectAward, ServicesEu, AnnexTwoServices, DirectAwardDocumentation }

/// <summary>A threshold and the days that it holds, in SEK without VAT. Source: law.md 2.1.</summary>
/// <param name="Id">Last part of the resource name.</param>
public sealed record ThresholdRow(string Id, ProcurementLaw Law, ThresholdKind Kind, DateOnly ValidFrom, DateOnly ValidTo,
    decimal Amount, string Source)
{
    /// <summary>The amount has been read where it is published.</summary>
    public bool IsVerified { get; init; } = true;

    public bool HoldsOn(DateOnly date) => ValidFrom <= date && date <= ValidTo;
}

/// <summary>A threshold that something hangs on, and that nobody has entered for the day.</summary>
public sealed record MissingThreshold(ProcurementLaw Law, ThresholdKind Kind, DateOnly Date);

/// <summary>The thresholds that hold on a day. One that is not known is null, which is never the same as none.</summary>
public sealed class Thresholds
{
    private readonly IReadOnlyList<ThresholdRow> _rows;

    private Thresholds(DateOnly date, IReadOnlyList<ThresholdRow> rows) => (Date, _rows) = (date, rows);

    /// <summary>The services that may be reserved.</summary>
    public ReservableServices Reservable { get; init; } = ReservableServices.Shipped;

    /// <summary>The rows that the product is delivered with.</summary>
    public static IReadOnlyList<ThresholdRow> Shipped { get; } = Read();

    public DateOnly Date { get; }

    /// <summary>Those of a municipality on a day: its own row where it has one, otherwise the shipped one.</summary>
    public static Thresholds On(DateOnly date, IEnumerable<ThresholdRow> own, ReservableServices? reservable = null) =>
        new(date, [.. own.Concat(Shipped).Where(row => row.HoldsOn(date)).DistinctBy(row => (row.Law, row.Kind))])
        {
            Reservable = reservable ?? ReservableServices.Shipped,
        };

    /// <summary>The shipped ones alone.</summary>
    public static Thresholds On(DateOnly date) => On(date, []);

    public IReadOnlyList<ThresholdRow> Rows => _rows;

    public IEnumerable<MissingThreshold> Missing =>
        Enum.GetValues<ThresholdKind>().Where(kind => Of(kind) is null).Select(kind => new MissingThreshold(ProcurementLaw.Lou, kind, Date));

    public ThresholdRow? Of(ThresholdKind kind) => _rows.FirstOrDefault(row => row.Law == ProcurementLaw.Lou && row.Kind == kind);

    /// <summary>The kind of limit of direct award that holds for a service.</summary>
    public static ThresholdKind DirectAwardKind(bool? isAnnexTwoService) =>
        isAnnexTwoService == true ? ThresholdKind.AnnexTwoServices : ThresholdKind.DirectAward;

    private static List<ThresholdRow> Read() =>
        [.. ((YamlSequenceNode)EmbeddedTexts.Root("Domain/thresholds.yaml")["thresholds"]).Children.Select(row => new ThresholdRow(
            row["id"].ToString(),
            Enum.Parse<ProcurementLaw>(row["law"].ToString(), ignoreCase: true),
            Enum.Parse<ThresholdKind>(row["kind"].ToString(), ignoreCase: true),
            DateOnly.Parse(row["validFrom"].ToString(), CultureInfo.InvariantCulture),
            DateOnly.Parse(row["validTo"].ToString(), CultureInfo.InvariantCulture),
            decimal.Parse(row["amount"].ToString(), CultureInfo.InvariantCulture),
            row["source"].ToString())
        {
            IsVerified = LawTexts.Word(row, "verified") != "false",
        })];
}
