using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace Iop.Contracts.Tests;

/// <summary>What the comments must tell an integrator, where the descriptors cannot.</summary>
internal static partial class CommentRules
{
    /// <summary>Each RPC ends with its error reasons, and names those that its own shape brings with it.</summary>
    public static IEnumerable<string> ErrorReasons(Contract contract)
    {
        foreach (var method in contract.Methods)
        {
            var match = Errors().Match(contract.Comments[method.FullName]);
            if (!match.Success)
            {
                yield return $"{method.FullName} does not end its comment with `Errors: REASON, REASON.`";
                continue;
            }
            var reasons = match.Groups["reason"].Captures.Select(capture => capture.Value).ToList();
            foreach (var twice in reasons.CountBy(reason => reason).Where(pair => pair.Value > 1))
                yield return $"{method.FullName} names {twice.Key} twice";
            foreach (var (reason, expected) in Expected(method))
            {
                if (reasons.Contains(reason) != expected)
                    yield return $"{method.FullName} {(expected ? "does not name" : "cannot answer with")} {reason}";
            }
        }
    }

    /// <summary>Fields that the service alone fills say so, and so do fields that a request cannot do without.</summary>
    public static IEnumerable<string> FieldBehaviour(Contract contract)
    {
        foreach (var field in contract.Resources.SelectMany(resource => resource.Fields.InDeclarationOrder()))
        {
            if ((field.Name == "state" || IsInstant(field)) && !Says(contract, field, "Output only."))
                yield return $"{field.FullName} is filled by the service, but does not say `Output only.`";
        }
        var requests = contract.Methods.Select(method => method.InputType).Distinct();
        foreach (var field in requests.SelectMany(request => request.Fields.InDeclarationOrder()))
        {
            if (field.Name is "name" or "parent" or "etag" && !Says(contract, field, "Required."))
                yield return $"{field.FullName} does not say `Required.`";
        }
    }

    private static IEnumerable<(string Reason, bool Expected)> Expected(MethodDescriptor method)
    {
        var versioned = Contract.RequestEtag(method) is not null;
        yield return ("INVALID_FIELDS", true);
        yield return ("TENANT_NOT_ALLOWED", true);
        yield return ("SCOPE_MISSING", true);
        yield return ("REQUEST_ID_REUSED", Contract.RequestField(method, "request_id") is not null);
        yield return ("ETAG_REQUIRED", versioned);
        yield return ("ETAG_MISMATCH", versioned);
        yield return ("INVALID_PAGE_TOKEN", Contract.IsList(method));
        yield return ("INVALID_FILTER", method.InputType.FindFieldByName("filter") is not null);
    }

    private static bool IsInstant(FieldDescriptor field) =>
        field is { FieldType: FieldType.Message, MessageType.FullName: "google.protobuf.Timestamp" };

    private static bool Says(Contract contract, FieldDescriptor field, string words) =>
        contract.Comments[field.FullName].StartsWith(words, StringComparison.Ordinal);

    // At most 63 characters: the limit that google.rpc.ErrorInfo sets for a reason.
    [GeneratedRegex(@"Errors: ((?<reason>[A-Z][A-Z_]{0,62})(, |\.$))+$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Errors();
}
