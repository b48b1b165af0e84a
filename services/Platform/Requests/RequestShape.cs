using System.Collections.Concurrent;
using Google.Protobuf;
using Iop.Contracts;

namespace Iop.Platform.Requests;

/// <summary>Where a request type carries the resource it concerns and its request id, found once from its fields.</summary>
internal sealed class RequestShape
{
    private static readonly ConcurrentDictionary<Type, RequestShape> Shapes = new();

    private readonly List<MessageField> _resourcePath;
    private readonly List<MessageField> _requestIdPath;

    private RequestShape(Type request)
    {
        _resourcePath = PathTo(request, "parent") ?? PathTo(request, "name") ?? [];
        _requestIdPath = PathTo(request, "request_id") ?? [];
    }

    /// <summary>Whether the request changes something: it then has a request id.</summary>
    public bool ChangesSomething => _requestIdPath.Count > 0;

    /// <summary>The field that names the tenant, as the contract spells it; empty when there is none.</summary>
    public string ResourceField => string.Join('.', _resourcePath.Select(step => step.Name));

    public static RequestShape Of(IMessage request) => Shapes.GetOrAdd(request.GetType(), type => new RequestShape(type));

    /// <summary>Whether the part that names the resource is there at all; a stream's first message can lack its header.</summary>
    public bool HoldsResource(IMessage request) => _resourcePath is not [{ HoldsMessages: true } holder, _] || holder.In(request) is not null;

    public string ResourceIn(IMessage request) => TextAt(request, _resourcePath);

    public string RequestIdIn(IMessage request) => TextAt(request, _requestIdPath);

    // A standard Update carries the name inside its resource, a stream inside its header: one level down, no further.
    private static List<MessageField>? PathTo(Type message, string name)
    {
        if (Text(message, name) is { } direct)
        {
            return [direct];
        }

        foreach (var field in MessageField.Of(message).Where(field => field is { HoldsMessages: true, IsRepeated: false }))
        {
            if (Text(field.ValueType, name) is { } nested)
            {
                return [field, nested];
            }
        }

        return null;
    }

    private static MessageField? Text(Type message, string name) =>
        MessageField.Find(message, name) is { IsRepeated: false } field && field.ValueType == typeof(string) ? field : null;

    private static string TextAt(IMessage request, List<MessageField> path)
    {
        object? value = request;
        foreach (var field in path)
        {
            value = value is IMessage message ? field.In(message) : null;
        }

        return value as string ?? "";
    }
}
