namespace Grpc.Core;

/// <summary>Tells which static method binds a generated service base class; the code generator applies it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = true)]
public class BindServiceMethodAttribute : Attribute
{
    /// <summary>Names the method.</summary>
    /// <param name="bindType">The type that has it.</param>
    /// <param name="bindMethodName">Its name.</param>
    public BindServiceMethodAttribute(Type bindType, string bindMethodName)
    {
        BindType = bindType;
        BindMethodName = bindMethodName;
    }

    /// <summary>Gets the type that has the method.</summary>
    public Type BindType { get; }

    /// <summary>Gets the name of the method.</summary>
    public string BindMethodName { get; }
}
