using System.Reflection;

namespace Iop.StandIns.Tests;

/// <summary>Writes what an assembly offers, one line a member: assembly, type, member with its types.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        from type in assembly.GetExportedTypes().Concat(assembly.GetTypes().Where(type => type.IsNestedFamORAssem))
        from line in LinesOf(type)
        select $"{assembly.GetName().Name} {NameOf(type)}: {line}";

    private static IEnumerable<string> LinesOf(Type type)
    {
        var parent = type.BaseType is null || type.BaseType == typeof(object) ? "" : " : " + NameOf(type.BaseType);
        yield return (type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class") + parent;
        foreach (var member in type.GetMembers(Declared).Where(IsOffered).Select(TextOf).Order(StringComparer.Ordinal))
        {
            yield return member;
        }
    }

    private static bool IsOffered(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        _ => false,
    };

    private static string TextOf(MemberInfo member) => member switch
    {
        MethodBase method => $"{Modifier(method)}{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)))})"
            + (method is MethodInfo { ReturnType: var result } ? " : " + NameOf(result) : ""),
        FieldInfo { IsLiteral: true } field => $"{field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field => $"{field.Name} : {NameOf(field.FieldType)}",
        _ => member.Name,
    };

    private static string Modifier(MethodBase method) =>
        (method.IsStatic ? "static " : "") + (method.IsPublic ? "" : "protected ")
        + (method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");

    private static string NameOf(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsArray)
        {
            return NameOf(type.GetElementType()!) + "[]";
        }

        var name = type.IsNested ? NameOf(type.DeclaringType!) + "/" + type.Name : IsOurs(type) ? type.FullName ?? $"{type.Namespace}.{type.Name}" : type.Name;
        name = name.Split('[')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Grpc.", StringComparison.Ordinal) == true;
}
