namespace Iop.Eligibility.Domain.Guidelines.Reading;

/// <summary>Reads where an entry comes from: its own rule, another entry's rule, or the platform's default.</summary>
internal static class ProvenanceReader
{
    public static Provenance Provenance(this PackMap map)
    {
        var id = map.OptionalOrNull("id");
        var rule = map.OptionalOrNull("rule");
        var isDefault = map.Flag("default");
        var line = map.Child("source", source => source.Required("line"));
        if (id is not null)
            map.Ledger.Home(id, map.At("id"));
        if (rule is not null)
            map.Ledger.Refers(map.At("rule"), ReferenceKind.Rule, rule);

        var clear = id is not null ? rule is null && line is not null : line is null && (rule is not null || isDefault);
        if (!clear)
            map.Ledger.Report(map.Path, FaultReason.ProvenanceUnclear);
        return new Provenance(id ?? rule, line, isDefault);
    }

    public static Remark Remark(PackMap map) => new(map.Provenance(), map.Required("key"), map.Text("text"), map.Address());

    /// <summary>A page over https, or the mailbox of a function.</summary>
    public static string Address(this PackMap map)
    {
        var text = map.OptionalOrNull("uri") ?? "";
        var known = text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeMailto));
        if (!known)
            map.Ledger.Report(map.At("uri"), FaultReason.AddressInvalid);
        return known ? text : "";
    }

    public static ScopeDomain Keyed(PackMap map) => new(map.Required("key"), map.Text("text"));
}
