using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Iop.Journey;

/// <summary>What a service says when it refuses: a stable reason, a sentence for people, and the fields at fault.</summary>
/// <param name="Code">The gRPC status.</param>
/// <param name="Reason">The stable reason; empty when the answer carried no details.</param>
/// <param name="Sentence">The Swedish sentence, or the bare message.</param>
/// <param name="Fields">Each field at fault, and what is wrong with it.</param>
/// <param name="Metadata">The variable parts of the reason.</param>
public sealed record RichError(
    StatusCode Code, string Reason, string Sentence, IReadOnlyList<(string Field, string Description)> Fields, IReadOnlyDictionary<string, string> Metadata)
{
    private const string TrailerKey = "grpc-status-details-bin";

    /// <summary>Reads the error out of the trailers.</summary>
    public static RichError Of(RpcException exception)
    {
        var bytes = exception.Trailers.GetValueBytes(TrailerKey);
        var status = bytes is null ? new RpcStatus() : RpcStatus.Parser.ParseFrom(bytes);
        var info = Find<ErrorInfo>(status);
        return new RichError(
            exception.StatusCode,
            // The package knows today's field `reason` by its first name.
            info?.Type ?? "",
            Find<LocalizedMessage>(status)?.Message ?? exception.Status.Detail,
            [.. (Find<BadRequest>(status)?.FieldViolations ?? []).Select(violation => (violation.Field, violation.Description))],
            info?.Metadata.ToDictionary() ?? []);
    }

    /// <summary>One line for a person at a console, and one more for each field.</summary>
    public override string ToString() =>
        string.Join('\n', [$"{Code} {Reason}: {Sentence}", .. Fields.Select(field => $"  {field.Field}: {field.Description}")]);

    private static T? Find<T>(RpcStatus status)
        where T : class, IMessage, new()
    {
        var descriptor = new T().Descriptor;
        var packed = status.Details.FirstOrDefault(detail => detail.TypeUrl.EndsWith($"/{descriptor.FullName}", StringComparison.Ordinal));
        return packed is null ? null : (T)descriptor.Parser.ParseFrom(packed.Value);
    }
}
