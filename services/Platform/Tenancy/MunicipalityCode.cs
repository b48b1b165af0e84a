using System.Collections.Frozen;

namespace Iop.Platform.Tenancy;

/// <summary>
/// A municipality's four-digit code in the SCB register, the key of a tenant. A string, never a number: the leading
/// zero is part of it. Source: law.md 2.10.
/// </summary>
public readonly record struct MunicipalityCode
{
    private static readonly FrozenSet<string> Register = ReadRegister();

    private MunicipalityCode(string value) => Value = value;

    /// <summary>The four digits.</summary>
    public string Value { get; }

    /// <summary>Whether the text has the form of a code: four ASCII digits.</summary>
    public static bool IsWellFormed(string? text) => text is { Length: 4 } && text.All(char.IsAsciiDigit);

    /// <summary>Reads a code that is in the register.</summary>
    /// <returns>False for anything that is not exactly four digits, or is no municipality.</returns>
    public static bool TryParse(string? text, out MunicipalityCode code)
    {
        var known = text is not null && Register.Contains(text);
        code = known ? new MunicipalityCode(text!) : default;
        return known;
    }

    /// <summary>Reads a code that is known to be in the register, such as one from a row or an event of our own.</summary>
    /// <exception cref="FormatException">The text is not a code in the register.</exception>
    public static MunicipalityCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException("Not a municipality code in the register.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static FrozenSet<string> ReadRegister()
    {
        using var stream = typeof(MunicipalityCode).Assembly.GetManifestResourceStream("municipalities.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line[..4])
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
