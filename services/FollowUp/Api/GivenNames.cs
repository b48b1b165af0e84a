using Iop.FollowUp.Domain;
using Iop.Platform.Requests;
using YamlDotNet.Serialization;

namespace Iop.FollowUp.Api;

/// <summary>The given names that give a person away, read from the embedded <c>GivenNames.yaml</c>, and the faults for them.</summary>
internal static class GivenNames
{
    public static PersonalData Load()
    {
        using var reader = new StreamReader(typeof(GivenNames).Assembly.GetManifestResourceStream("GivenNames.yaml")!);
        return new PersonalData(new DeserializerBuilder().Build().Deserialize<List<string>>(reader));
    }

    /// <summary>Adds a fault for each text that points out a person.</summary>
    public static void MustNotBeIn(this PersonalData personalData, Faults faults, params ReadOnlySpan<(string Field, string Text)> texts)
    {
        foreach (var (field, text) in texts)
        {
            if (personalData.ReasonToRefuse(text) is { } reason)
            {
                faults.Add(field, reason);
            }
        }
    }
}
