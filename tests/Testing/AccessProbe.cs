using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Iop.Platform.Errors;

namespace Iop.Testing;

/// <summary>One RPC, called without its generated client, so that a new one needs no code here.</summary>
internal sealed partial class AccessProbe(MethodDescriptor method, string resource, string request, AccessWorld world)
{
    /// <summary>Calls, and gives what differs from what was expected.</summary>
    /// <param name="municipality">The caller's municipality.</param>
    /// <param name="role">The caller's role.</param>
    /// <param name="organisations">Those that the caller represents.</param>
    /// <param name="expected">The reason of the denial; null where the call must not be denied.</param>
    /// <param name="invented">Ask for a resource that does not exist.</param>
    public async Task<string?> DiffersAsync(string municipality, string role, string[] organisations, string? expected, bool invented = false)
    {
        var (code, reason) = await OutcomeAsync(world.As(municipality, role, organisations), Request(role, invented));
        var denied = code == StatusCode.PermissionDenied ? reason : null;
        return denied == expected && code is not (StatusCode.Unknown or StatusCode.Internal or StatusCode.Unimplemented or StatusCode.Unauthenticated or StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled)
            ? null
            : $"{method.Service.Name}/{method.Name} as {role} of {municipality} for [{string.Join(", ", organisations)}]: expected {expected ?? "no denial"}, got {code} {reason}";
    }

    /// <summary>Calls with a name that goes on where it should end, and gives what was answered unless that name was refused.</summary>
    public async Task<string?> TakesLongerNameAsync(string municipality, string role)
    {
        var message = Request(role, invented: false);
        Put(message, $"{Named(resource, role)}/plans");
        try
        {
            await CallAsync(world.As(municipality, role, []), message);
            return $"{method.Service.Name}/{method.Name} takes it";
        }
        catch (RpcException exception)
        {
            var violations = StatusDetails.In(exception)?.Details.FirstOrDefault(detail => detail.Is(BadRequest.Descriptor))?.Unpack<BadRequest>().FieldViolations ?? [];
            return violations.Any(violation => violation.Field == resource && violation.Description.StartsWith("RESOURCE_NAME_INVALID", StringComparison.Ordinal))
                ? null
                : $"{method.Service.Name}/{method.Name} answers {exception.Status}";
        }
    }

    private async Task<(StatusCode Code, string Reason)> OutcomeAsync(CallInvoker invoker, IMessage message)
    {
        try
        {
            await CallAsync(invoker, message);
            return (StatusCode.OK, "");
        }
        catch (RpcException exception)
        {
            var info = StatusDetails.In(exception)?.Details.FirstOrDefault(detail => detail.Is(ErrorInfo.Descriptor))?.Unpack<ErrorInfo>();
            return (exception.StatusCode, info?.Type ?? exception.Status.Detail);
        }
    }

    private async Task CallAsync(CallInvoker invoker, IMessage message)
    {
        var type = method.IsClientStreaming ? MethodType.ClientStreaming : method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary;
        var call = new Method<IMessage, IMessage>(type, method.Service.FullName, method.Name, Marshaller(method.InputType), Marshaller(method.OutputType));
        switch (type)
        {
            case MethodType.ClientStreaming:
                using (var upload = invoker.AsyncClientStreamingCall(call, null, default))
                {
                    await SendAsync(upload.RequestStream, message);
                    await upload.ResponseAsync;
                }

                break;
            case MethodType.ServerStreaming:
                using (var download = invoker.AsyncServerStreamingCall(call, null, default, message))
                {
                    while (await download.ResponseStream.MoveNext(CancellationToken.None))
                    {
                        // What comes is of no interest, only that it comes.
                    }
                }

                break;
            default:
                using (var unary = invoker.AsyncUnaryCall(call, null, default, message))
                {
                    await unary.ResponseAsync;
                }

                break;
        }
    }

    private static async Task SendAsync(IClientStreamWriter<IMessage> stream, IMessage message)
    {
        try
        {
            await stream.WriteAsync(message);
            await stream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // The service may refuse before all is sent; the answer is the call's own.
        }
    }

    private static Marshaller<IMessage> Marshaller(MessageDescriptor type) =>
        Marshallers.Create<IMessage>(message => message.ToByteArray(), bytes => type.Parser.ParseFrom(bytes));

    private IMessage Request(string role, bool invented)
    {
        var filled = Placeholder().Replace(request is "" or "-" ? "{}" : request, match => Named(match.Groups["word"].Value, role));
        var message = JsonParser.Default.Parse(filled, method.InputType);
        var name = Named(resource, role);
        Put(message, invented ? Id().Replace(name, _ => Guid.CreateVersion7().ToString()) : name);
        return message;
    }

    private string Named(string word, string role) => word switch
    {
        _ when world.Resources.TryGetValue($"{word} of {role}", out var own) => own,
        "organisation" when !world.Resources.ContainsKey(word) => world.Organisation,
        _ => world.Resources[word],
    };

    // Where the service looks for the tenant: `parent` before `name`, in the request or one level down.
    private static void Put(IMessage message, string name)
    {
        foreach (var key in new[] { "parent", "name" })
        {
            if (message.Descriptor.FindFieldByName(key) is { FieldType: FieldType.String } direct)
            {
                direct.Accessor.SetValue(message, name);
                return;
            }

            foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(field => field is { FieldType: FieldType.Message, IsRepeated: false }))
            {
                if (field.MessageType.FindFieldByName(key) is { FieldType: FieldType.String } nested)
                {
                    var part = (IMessage?)field.Accessor.GetValue(message) ?? field.MessageType.Parser.ParseFrom(ByteString.Empty);
                    nested.Accessor.SetValue(part, name);
                    field.Accessor.SetValue(message, part);
                    return;
                }
            }
        }
    }

    [GeneratedRegex(@"\{(?<word>[a-z-]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
