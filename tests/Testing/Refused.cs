using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Iop.Platform.Errors;
using Xunit;
using RpcStatus = Google.Rpc.Status;

namespace Iop.Testing;

/// <summary>A refusal as a client reads it.</summary>
public sealed class Refused
{
    private readonly RpcStatus _status;

    private Refused(StatusCode code, RpcStatus status) => (Code, _status) = (code, status);

    /// <summary>The gRPC status.</summary>
    public StatusCode Code { get; }

    /// <summary>The stable reason.</summary>
    public string Reason => Detail<ErrorInfo>().Type;

    /// <summary>The variable parts.</summary>
    public IDictionary<string, string> Metadata => Detail<ErrorInfo>().Metadata;

    /// <summary>The Swedish sentence.</summary>
    public string Swedish => Detail<LocalizedMessage>().Message;

    /// <summary>Each field at fault with its reason.</summary>
    public IReadOnlyList<(string Field, string Reason)> Fields =>
        [.. Detail<BadRequest>().FieldViolations.Select(violation => (violation.Field, violation.Description.Split(':')[0]))];

    /// <summary>Expects the call to be refused with a status and a reason, and with the sentences that every refusal has.</summary>
    public static async Task<Refused> ByAsync(StatusCode code, string reason, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        var status = StatusDetails.In(exception);
        Assert.True(status is not null, $"{exception.Status}");
        var refused = new Refused(exception.StatusCode, status);
        Assert.Equal((code, reason), (refused.Code, refused.Reason));
        Assert.NotEmpty(refused.Swedish);
        Assert.EndsWith(".iop", refused.Detail<ErrorInfo>().Domain, StringComparison.Ordinal);
        return refused;
    }

    /// <summary>Expects <c>INVALID_FIELDS</c> with one field at fault for the given reason.</summary>
    public static async Task<Refused> ForFieldAsync(string field, string reason, Func<Task> call)
    {
        var refused = await ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", call);
        Assert.Contains((field, reason), refused.Fields);
        return refused;
    }

    /// <summary>The detail of a type; the test fails when it is missing.</summary>
    public T Detail<T>()
        where T : class, IMessage, new()
    {
        var descriptor = new T().Descriptor;
        var packed = Assert.Single(_status.Details, detail => detail.TypeUrl.EndsWith($"/{descriptor.FullName}", StringComparison.Ordinal));
        return (T)descriptor.Parser.ParseFrom(packed.Value);
    }
}
