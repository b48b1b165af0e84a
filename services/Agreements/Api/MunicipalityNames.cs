using System.Collections.Frozen;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Api;

/// <summary>Names of the municipalities, from the register that the platform carries.</summary>
internal static class MunicipalityNames
{
    private static readonly FrozenDictionary<string, string> Names = Read();

    public static string Of(string code) => Names[code];

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(MunicipalityCode).Assembly.GetManifestResourceStream("municipalities.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToFrozenDictionary(line => line[..4], line => line[5..].Trim(), StringComparer.Ordinal);
    }
}
