using System.Text;
using Iop.Eligibility.Domain.Guidelines;

namespace Iop.Eligibility.Tests;

/// <summary>The shipped packs, by municipality code.</summary>
internal static class Packs
{
    private static readonly Dictionary<string, GuidelinePack> ByCode = ShippedGuidelines.Texts().Values
        .Select(text => GuidelinePackReader.Read(text).Pack!)
        .ToDictionary(pack => pack.Municipality, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Codes => ByCode.Keys;

    public static GuidelinePack Of(string code) => ByCode[code];

    public static string TextOf(string code) => ShippedGuidelines.Texts().Single(text => text.Key.StartsWith(code, StringComparison.Ordinal)).Value;

    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Packs).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static TheoryData<string> AllCodes => [.. Codes];

    public static TheoryData<string, string> AllCriteria
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var pack in ByCode.Values)
            {
                foreach (var criterion in pack.Criteria)
                    data.Add(pack.Municipality, criterion.Id);
            }

            return data;
        }
    }
}
