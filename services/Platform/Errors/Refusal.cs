namespace Iop.Platform.Errors;

/// <summary>Whose fault it is and what the caller may do: the gRPC statuses that the suite answers with, under their numbers.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong; sending it again will not help.</summary>
    InvalidArgument = 3,

    /// <summary>The resource is not there.</summary>
    NotFound = 5,

    /// <summary>Something with the same key is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The resource is in a state that does not allow it.</summary>
    FailedPrecondition = 9,

    /// <summary>Someone else changed the resource first; read it again.</summary>
    Aborted = 10,

    /// <summary>The caller may not.</summary>
    PermissionDenied = 7,

    /// <summary>It is not known who the caller is.</summary>
    Unauthenticated = 16,

    /// <summary>A limit is reached.</summary>
    ResourceExhausted = 8,

    /// <summary>Something needed is down; try again later.</summary>
    Unavailable = 14,

    /// <summary>A fault of ours.</summary>
    Internal = 13,
}

/// <summary>One fault in one field of a request.</summary>
/// <param name="Field">Path of the field in the request as the contract spells it, for example <c>organisation.organisation_number</c>.</param>
/// <param name="Reason">Stable code, UPPER_SNAKE_CASE, listed in the error catalogue.</param>
/// <param name="Values">Values that the catalogue's sentences show. Never what the caller wrote in the field.</param>
public sealed record FieldFault(string Field, string Reason, params IReadOnlyList<(string Key, string Value)> Values);

/// <summary>
/// A refusal with an owner: thrown by domain and API code, answered as <c>google.rpc.Status</c>. The sentences for
/// people stand in the error catalogue under <see cref="Reason"/>, so that no text lives in code.
/// </summary>
public sealed class Refusal : Exception
{
    private Refusal(RefusalKind kind, string reason, IEnumerable<(string Key, string Value)>? metadata = null)
        : base(reason)
    {
        Kind = kind;
        Reason = reason;
        Metadata = (metadata ?? []).ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    /// <summary>The kind, which decides the gRPC status.</summary>
    public RefusalKind Kind { get; }

    /// <summary>Stable code, UPPER_SNAKE_CASE, at most 63 characters, listed in the error catalogue.</summary>
    public string Reason { get; }

    /// <summary>The variable parts of the sentences. No personal data.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The faults by field, for <see cref="RefusalKind.InvalidArgument"/>.</summary>
    public IReadOnlyList<FieldFault> Fields { get; private init; } = [];

    /// <summary>Name of the resource that is missing, taken or in the wrong state.</summary>
    public string? Resource { get; private init; }

    /// <summary>How long to wait before another try, for <see cref="RefusalKind.Unavailable"/>.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Bad input: <c>INVALID_FIELDS</c> with every fault found.</summary>
    public static Refusal Input(params IReadOnlyList<FieldFault> fields) =>
        new(RefusalKind.InvalidArgument, "INVALID_FIELDS") { Fields = fields };

    /// <summary>Bad input with a reason of its own, such as <c>REQUEST_ID_REUSED</c>.</summary>
    public static Refusal Input(string reason, string field, params IEnumerable<(string, string)> metadata) =>
        new(RefusalKind.InvalidArgument, reason, metadata) { Fields = [new FieldFault(field, reason)] };

    /// <summary>Bad input with a reason of its own and faults in several places, such as a document that cannot be read.</summary>
    public static Refusal Input(string reason, IReadOnlyList<FieldFault> fields) =>
        new(RefusalKind.InvalidArgument, reason) { Fields = fields };

    /// <summary>The resource is not there, for one who has the right to know.</summary>
    /// <param name="reason">For example <c>ORGANISATION_NOT_FOUND</c>.</param>
    /// <param name="resource">The resource name asked for.</param>
    public static Refusal NotFound(string reason, string resource) =>
        new(RefusalKind.NotFound, reason, [("name", resource)]) { Resource = resource };

    /// <summary>Something with the same key is there already; its name is told.</summary>
    public static Refusal AlreadyExists(string reason, string existing) =>
        new(RefusalKind.AlreadyExists, reason, [("name", existing)]) { Resource = existing };

    /// <summary>A wrong state: says which state the resource is in and which states allow what was asked.</summary>
    public static Refusal State(string reason, string resource, string state, params IEnumerable<string> allowed) =>
        new(RefusalKind.FailedPrecondition, reason, [("state", state), ("allowed", string.Join(", ", allowed))]) { Resource = resource };

    /// <summary>Something that must hold first does not.</summary>
    public static Refusal Precondition(string reason, string resource, params IEnumerable<(string, string)> metadata) =>
        new(RefusalKind.FailedPrecondition, reason, metadata) { Resource = resource };

    /// <summary>Someone else changed the resource first.</summary>
    public static Refusal StaleEtag(string resource) =>
        new(RefusalKind.Aborted, "ETAG_MISMATCH", [("name", resource)]) { Resource = resource };

    /// <summary>The caller may not.</summary>
    public static Refusal Denied(string reason, params IEnumerable<(string, string)> metadata) =>
        new(RefusalKind.PermissionDenied, reason, metadata);

    /// <summary>It is not known who the caller is.</summary>
    /// <param name="cause">Code of the cause, such as <c>expired</c>. Never any part of the token.</param>
    public static Refusal Unauthenticated(string cause) =>
        new(RefusalKind.Unauthenticated, "TOKEN_INVALID", [("cause", cause)]);

    /// <summary>A limit is reached.</summary>
    public static Refusal Exhausted(string reason, params IEnumerable<(string, string)> metadata) =>
        new(RefusalKind.ResourceExhausted, reason, metadata);

    internal static Refusal Internal() => new(RefusalKind.Internal, "INTERNAL");

    /// <summary>Something needed is down.</summary>
    public static Refusal Unavailable(string reason, TimeSpan retryAfter) =>
        new(RefusalKind.Unavailable, reason) { RetryAfter = retryAfter };
}
