using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Iop.Platform.Requests;

/// <summary>Where a request type carries the resource it concerns and its request id, found once from its descriptor.</summary>
internal sealed class RequestShape
{
    private static readonly ConcurrentDictionary<MessageDescriptor, RequestShape> Shapes = new();

    private readonly List<FieldDescriptor> _resourcePath;
    private readonly List<FieldDescriptor> _requestIdPath;

    private RequestShape(MessageDescriptor request)
    {
        _resourcePath = PathTo(request, "parent") ?? PathTo(request, "name") ?? [];
        _requestIdPath = PathTo(request, "request_id") ?? [];
    }

    /// <summary>Whether the request changes something: it then has a request id.</summary>
    public bool ChangesSomething => _requestIdPath.Count > 0;

    /// <summary>The field that names the tenant, as the contract spells it; empty when there is none.</summary>
    public string ResourceField => string.Join('.', _resourcePath.Select(step => step.Name));

    public static RequestShape Of(IMessage request) => Shapes.GetOrAdd(request.Descriptor, descriptor => new RequestShape(descriptor));

    /// <summary>Whether the part that names the resource is there at all; a stream's first message can lack its header.</summary>
    public bool HoldsResource(IMessage request) => _resourcePath is not [{ FieldType: FieldType.Message } holder, _] || holder.Accessor.GetValue(request) is not null;

    public string ResourceIn(IMessage request) => TextAt(request, _resourcePath);

    public string RequestIdIn(IMessage request) => TextAt(request, _requestIdPath);

    // A standard Update carries the name inside its resource, a stream inside its header: one level down, no further.
    private static List<FieldDescriptor>? PathTo(MessageDescriptor message, string name)
    {
        if (message.FindFieldByName(name) is { FieldType: FieldType.String, IsRepeated: false } direct)
        {
            return [direct];
        }

        foreach (var field in message.Fields.InDeclarationOrder().Where(f => f.FieldType == FieldType.Message && !f.IsRepeated))
        {
            if (field.MessageType.FindFieldByName(name) is { FieldType: FieldType.String, IsRepeated: false } nested)
            {
                return [field, nested];
            }
        }

        return null;
    }

    private static string TextAt(IMessage request, List<FieldDescriptor> path)
    {
        object? value = request;
        foreach (var field in path)
        {
            value = value is IMessage message ? field.Accessor.GetValue(message) : null;
        }

        return value as string ?? "";
    }
}
