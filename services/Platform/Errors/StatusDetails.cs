using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using GrpcStatus = Grpc.Core.Status;
using RpcStatus = Google.Rpc.Status;

namespace Iop.Platform.Errors;

/// <summary>Turns a <see cref="Refusal"/> into the rich error of the gRPC convention: <c>google.rpc.Status</c> in a trailer.</summary>
public static class StatusDetails
{
    private const string TrailerKey = "grpc-status-details-bin";

    // Details travel in a trailer, of which common clients read 64 kB as text and then tell that the service is away. The first
    // faults are then better than none.
    private const int MostBytesOfFaults = 36_000;
    private const int LongestText = 1_000;

    /// <summary>Builds the exception that gRPC sends: code, English message and the details of AIP-193.</summary>
    public static RpcException ToRpcException(Refusal refusal, ErrorCatalogue catalogue, string requestId)
    {
        var text = catalogue.For(refusal.Reason, refusal.Metadata);
        var status = new RpcStatus { Code = (int)refusal.Kind, Message = text.En };

        // CommonProtos 2.0.0 calls field 1 by its first name, type; on the wire it is today's reason.
        status.Details.Add(Packed(new ErrorInfo { Type = refusal.Reason, Domain = catalogue.Domain, Metadata = { refusal.Metadata.ToDictionary() } }));
        status.Details.Add(Packed(new LocalizedMessage { Locale = "sv-SE", Message = text.Sv }));
        AddDetailOfKind(status, refusal, text, catalogue);
        status.Details.Add(Packed(new RequestInfo { RequestId = requestId }));
        return ToRpcException(status);
    }

    /// <summary>Reads the details that a called service answered with; null when it sent none.</summary>
    public static RpcStatus? In(RpcException exception)
    {
        var bytes = exception.Trailers.GetValueBytes(TrailerKey);
        return bytes is null ? null : RpcStatus.Parser.ParseFrom(bytes);
    }

    /// <summary>Sends a status on as it is.</summary>
    public static RpcException ToRpcException(RpcStatus status) =>
        new(new GrpcStatus((StatusCode)status.Code, status.Message), new Metadata { { TrailerKey, status.ToByteArray() } });

    private static void AddDetailOfKind(RpcStatus status, Refusal refusal, ErrorText text, ErrorCatalogue catalogue)
    {
        if (refusal.Fields.Count > 0)
        {
            var bad = new BadRequest();
            var left = MostBytesOfFaults;
            bad.FieldViolations.AddRange(refusal.Fields.Select(fault => Violation(fault, catalogue)).TakeWhile(violation => (left -= violation.CalculateSize()) >= 0));
            status.Details.Add(Packed(bad));
        }

        if (refusal.Kind == RefusalKind.FailedPrecondition)
        {
            var failure = new PreconditionFailure();
            failure.Violations.Add(new PreconditionFailure.Types.Violation { Type = refusal.Reason, Subject = refusal.Resource ?? "", Description = text.Sv });
            status.Details.Add(Packed(failure));
        }
        else if (refusal.Resource is { } resource)
        {
            status.Details.Add(Packed(new ResourceInfo { ResourceName = resource, ResourceType = TypeOf(resource), Description = text.Sv }));
        }

        if (refusal.RetryAfter is { } wait)
        {
            status.Details.Add(Packed(new RetryInfo { RetryDelay = Duration.FromTimeSpan(wait) }));
        }
    }

    // CommonProtos 2.0.0 has no reason on a violation, so the stable code leads the description.
    private static BadRequest.Types.FieldViolation Violation(FieldFault fault, ErrorCatalogue catalogue) => new()
    {
        Field = Cut(fault.Field),
        Description = Cut($"{fault.Reason}: {catalogue.For(fault.Reason, fault.Values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Sv}"),
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text.AsSpan(0, LongestText - (char.IsHighSurrogate(text[LongestText - 1]) ? 1 : 0))}…";

    // Any.Pack would ask the detail for its descriptor (MessageField.cs says what that costs); all of them are of one package.
    private static Any Packed(IMessage detail) => new() { TypeUrl = $"type.googleapis.com/google.rpc.{detail.GetType().Name}", Value = detail.ToByteString() };

    private static string TypeOf(string resource)
    {
        var parts = resource.Split('/');
        return parts.Length < 2 ? "" : parts[^2];
    }
}
