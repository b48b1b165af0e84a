using System.Reflection;
using Google.Protobuf.Reflection;

namespace Iop.Contracts.Tests;

/// <summary>The contracts as they are compiled, with the comments of their sources beside them.</summary>
internal sealed class Contract(IReadOnlyList<FileDescriptor> files, ProtoComments comments)
{
    private static readonly string[] ReadingVerbs =
        ["Get", "List", "BatchGet", "Lookup", "ResolveGuidelinePack", "Evaluate", "Check", "Compare", "Download", "Sum", "Export"];

    public IReadOnlyList<FileDescriptor> Files { get; } = files;

    public ProtoComments Comments { get; } = comments;

    public IEnumerable<ServiceDescriptor> Services => Files.SelectMany(file => file.Services);

    public IEnumerable<MethodDescriptor> Methods => Services.SelectMany(service => service.Methods);

    public IEnumerable<MessageDescriptor> Messages => Files.SelectMany(file => file.MessageTypes).SelectMany(WithNested);

    public IEnumerable<EnumDescriptor> Enums =>
        Files.SelectMany(file => file.EnumTypes).Concat(Messages.SelectMany(message => message.EnumTypes));

    /// <summary>Resources are what the standard methods answer with, and what lists are made of if it has a name.</summary>
    public IEnumerable<MessageDescriptor> Resources =>
        Methods.Where(IsStandard).Select(method => method.OutputType)
            .Concat(Methods.Where(IsList).Select(ListedType).OfType<MessageDescriptor>()
                .Where(listed => listed.FindFieldByNumber(1)?.Name == "name"))
            .Distinct();

    /// <summary>Loads what the contracts assembly holds, so that a new proto file is covered without a change here.</summary>
    public static Contract Load()
    {
        var assembly = typeof(Types.V1.TypesReflection).Assembly;
        var files = assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .Select(property => (FileDescriptor)property!.GetValue(null)!)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        return new Contract(files, ProtoComments.Load());
    }

    public static bool IsReading(MethodDescriptor method) => Array.Exists(ReadingVerbs, verb => method.Name == verb || StartsWith(method, verb));

    public static bool IsList(MethodDescriptor method) => StartsWith(method, "List");

    public static bool IsUpdate(MethodDescriptor method) => method.Name == "Update" + method.OutputType.Name;

    public static bool IsCreate(MethodDescriptor method) => method.Name == "Create" + method.OutputType.Name;

    /// <summary>The message that a list repeats: its first field, or null where that is something else.</summary>
    public static MessageDescriptor? ListedType(MethodDescriptor method) =>
        method.OutputType.FindFieldByNumber(1) is { IsRepeated: true, FieldType: FieldType.Message } field
            ? field.MessageType
            : null;

    /// <summary>A field of a request; for an upload, of the header that its first message carries.</summary>
    public static FieldDescriptor? RequestField(MethodDescriptor method, string name)
    {
        var holder = method.IsClientStreaming ? method.InputType.FindFieldByName("header")?.MessageType : method.InputType;
        return holder?.FindFieldByName(name);
    }

    /// <summary>The etag of a request; for an update, that of the resource or the part of it that the request carries.</summary>
    public static FieldDescriptor? RequestEtag(MethodDescriptor method) =>
        method.InputType.FindFieldByName("etag")
        ?? (StartsWith(method, "Update") ? method.InputType.Fields.InDeclarationOrder() : [])
            .Where(field => field.FieldType == FieldType.Message && method.Name == "Update" + field.MessageType.Name)
            .Select(field => field.MessageType.FindFieldByName("etag"))
            .FirstOrDefault();

    private static bool IsStandard(MethodDescriptor method) =>
        method.Name == "Get" + method.OutputType.Name || IsCreate(method) || IsUpdate(method);

    private static bool StartsWith(MethodDescriptor method, string verb) =>
        method.Name.StartsWith(verb, StringComparison.Ordinal)
        && method.Name.Length > verb.Length && char.IsUpper(method.Name[verb.Length]);

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);
}
