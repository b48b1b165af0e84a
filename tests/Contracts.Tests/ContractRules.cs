using Google.Protobuf.Reflection;

namespace Iop.Contracts.Tests;

/// <summary>The rules of form that buf cannot check. Each answers with what breaks it, and with nothing where all is well.</summary>
internal static class ContractRules
{
    /// <summary>Resources of which there is one under their parent: they are read and never listed.</summary>
    private static readonly Dictionary<string, string> Singletons = new(StringComparer.Ordinal)
    {
        ["iop.followup.v1.Evaluation"] = "a plan has one evaluation",
        ["iop.eligibility.v1.DecisionMemo"] = "a case has one memorandum",
        ["iop.eligibility.v1.InformationSheet"] = "a guideline has one information sheet",
        ["iop.organisations.v1.PreCheck"] = "an organisation has one list of what was looked into beforehand",
        ["iop.followup.v1.SharingChoice"] = "a municipality has one choice",
    };

    /// <summary>Ids that are no references to other resources, and why.</summary>
    private static readonly Dictionary<string, string> OwnKeys = new(StringComparer.Ordinal)
    {
        ["party_id"] = "key of a party within its case or agreement",
        ["party_ids"] = "keys of parties within their agreement",
        ["confirmed_party_ids"] = "keys of parties within their agreement",
        ["agreed_party_ids"] = "keys of parties within their case",
        ["outcome_party_id"] = "key of a party within its agreement",
        ["payer_party_id"] = "key of a party within its agreement",
        ["payee_party_id"] = "key of a party within its agreement",
        ["section_id"] = "key of a section within its agreement",
        ["under_section_id"] = "key of a section within its agreement",
        ["convener_party_id"] = "key of a party within its agreement",
        ["osl_party_ids"] = "keys of parties within their agreement",
        ["renegotiation_party_ids"] = "keys of parties within their agreement",
        ["goal_id"] = "key of a goal within its agreement",
        ["rule_id"] = "id of a rule within a guideline pack",
        ["request_id"] = "chosen by the caller for one call",
    };

    /// <summary>Changes of a resource whose caller has read no version of it, and why.</summary>
    private static readonly Dictionary<string, string> Unversioned = new(StringComparer.Ordinal)
    {
        ["iop.agreements.v1.AgreementsService.ReportSigningEvent"] = "tells what has happened at another service, whatever has changed here meanwhile",
    };

    public static IEnumerable<string> ServiceNames(Contract contract) =>
        contract.Services.Where(service => !service.Name.EndsWith("Service", StringComparison.Ordinal))
            .Select(service => $"{service.FullName} does not end in Service");

    public static IEnumerable<string> Packages(Contract contract)
    {
        foreach (var file in contract.Files)
        {
            var parts = file.Package.Split('.');
            if (parts is not ["iop", _, "v1"])
                yield return $"{file.Name} is in {file.Package}, not in iop.<service>.v1";
            if (!string.Equals(file.GetOptions()?.CsharpNamespace, file.Package, StringComparison.OrdinalIgnoreCase))
                yield return $"{file.Name} has another C# namespace than its package";
        }
    }

    public static IEnumerable<string> ResourceNames(Contract contract) =>
        contract.Resources
            .Where(resource => resource.FindFieldByNumber(1) is not { Name: "name", FieldType: FieldType.String, IsRepeated: false })
            .Select(resource => $"{resource.FullName} has not `string name = 1`");

    public static IEnumerable<string> Lists(Contract contract)
    {
        foreach (var method in contract.Methods.Where(Contract.IsList))
        {
            if (!Has(method.InputType, "page_size", FieldType.Int32))
                yield return $"{method.FullName} has not int32 page_size";
            if (!Has(method.InputType, "page_token", FieldType.String))
                yield return $"{method.FullName} has not string page_token";
            if (!Has(method.InputType, "parent", FieldType.String))
                yield return $"{method.FullName} has not string parent";
            if (!Has(method.OutputType, "next_page_token", FieldType.String))
                yield return $"{method.FullName} does not answer with string next_page_token";
            if (Contract.ListedType(method) is null)
                yield return $"{method.FullName} does not answer with repeated messages in field 1";
        }
    }

    public static IEnumerable<string> RequestIds(Contract contract)
    {
        foreach (var method in contract.Methods)
        {
            var has = Contract.RequestField(method, "request_id") is { FieldType: FieldType.String, IsRepeated: false };
            if (has == Contract.IsReading(method))
                yield return $"{method.FullName} {(has ? "only reads, yet has" : "changes something, but has not")} string request_id";
        }
    }

    public static IEnumerable<string> UpdateMasks(Contract contract)
    {
        foreach (var method in contract.Methods.Where(Contract.IsUpdate))
        {
            if (method.InputType.FindFieldByName("update_mask") is not { FieldType: FieldType.Message } mask
                || mask.MessageType.FullName != "google.protobuf.FieldMask")
            {
                yield return $"{method.FullName} has not google.protobuf.FieldMask update_mask";
            }
            if (method.InputType.FindFieldByNumber(1) is not { FieldType: FieldType.Message } resource
                || resource.MessageType != method.OutputType)
            {
                yield return $"{method.FullName} does not take the resource in field 1";
            }
        }
    }

    /// <summary>A resource that a call can change carries an etag, and so does each request that changes it by its name.</summary>
    public static IEnumerable<string> Etags(Contract contract)
    {
        var resources = contract.Resources.ToHashSet();
        foreach (var method in contract.Methods.Where(method => !Contract.IsReading(method) && resources.Contains(method.OutputType)))
        {
            var byName = method.InputType.FindFieldByName("name") is not null;
            if ((byName || Contract.IsUpdate(method)) && !Has(method.OutputType, "etag", FieldType.String))
                yield return $"{method.OutputType.FullName} is changed by {method.Name}, but has not string etag";
            if (byName && !Unversioned.ContainsKey(method.FullName) && Contract.RequestEtag(method) is not { FieldType: FieldType.String })
                yield return $"{method.FullName} changes a resource by its name, but has not string etag";
        }
    }

    public static IEnumerable<string> References(Contract contract) =>
        from message in contract.Messages
        from field in message.Fields.InDeclarationOrder()
        where field.Name.EndsWith("_id", StringComparison.Ordinal) || field.Name.EndsWith("_ids", StringComparison.Ordinal)
        where !OwnKeys.ContainsKey(field.Name)
        where message.Name != $"Create{Pascal(field.Name[..^3])}Request"
        select $"{field.FullName} is a bare id; a reference is the other resource's full name";

    public static IEnumerable<string> GetAndList(Contract contract)
    {
        var listed = contract.Methods.Where(Contract.IsList).Select(Contract.ListedType).ToHashSet();
        foreach (var resource in contract.Resources)
        {
            if (!contract.Methods.Any(method => method.Name == "Get" + resource.Name && method.OutputType == resource))
                yield return $"{resource.FullName} has no Get";
            if (listed.Contains(resource) == Singletons.ContainsKey(resource.FullName))
                yield return $"{resource.FullName} {(listed.Contains(resource) ? "is a singleton, yet has" : "has no")} List";
        }
    }

    public static IEnumerable<string> EnumZeroes(Contract contract) =>
        contract.Enums
            .Where(type => type.FindValueByNumber(0)?.Name.EndsWith("_UNSPECIFIED", StringComparison.Ordinal) != true)
            .Select(type => $"{type.FullName} has no zero value that ends in _UNSPECIFIED");

    private static bool Has(MessageDescriptor message, string name, FieldType type) =>
        message.FindFieldByName(name) is { IsRepeated: false } field && field.FieldType == type;

    private static string Pascal(string name) =>
        string.Concat(name.Split('_').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
