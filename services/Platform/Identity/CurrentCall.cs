namespace Iop.Platform.Identity;

/// <summary>What the plumbing knows of the work under way: who, through which method, under which request id.</summary>
public sealed class CurrentCall
{
    /// <summary>The caller; null while a message is handled.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>The RPC or consumer, for example <c>CasesService/DecideCase</c>. The action of a revision.</summary>
    public string Action { get; internal set; } = "";

    /// <summary>The id that follows a request through services, logs and errors (<c>x-request-id</c>).</summary>
    public string RequestId { get; internal set; } = "";

    /// <summary>The caller of an RPC.</summary>
    /// <exception cref="InvalidOperationException">No RPC is under way.</exception>
    public Caller RequiredCaller => Caller ?? throw new InvalidOperationException("No call is under way.");

    /// <summary>The subject that a revision names: the caller, or the consumer that acted on an event.</summary>
    public string Actor => Caller?.Subject ?? $"system:{Action}";

    /// <summary>Leaves organisations out of those that the caller's token opens, for the rest of the call.</summary>
    public void LeaveOut(IEnumerable<string> organisations) =>
        Caller = RequiredCaller with { Organisations = [.. RequiredCaller.Organisations.Except(organisations)] };

    /// <summary>Begins the work of a caller.</summary>
    internal void Begin(Caller caller, string action, string requestId) => (Caller, Action, RequestId) = (caller, action, requestId);
}
