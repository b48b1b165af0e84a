using System.Text;

namespace Iop.Organisations.Domain;

/// <summary>Names of values as callers write and read them: <c>NOT_YET_VALID</c>.</summary>
public static class EnumNames
{
    public static string ToUpperSnake<T>(this T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        var result = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToUpperInvariant(name[i]));
        }

        return result.ToString();
    }

    /// <summary>The value of that name; null when there is none.</summary>
    public static T? FromUpperSnake<T>(string name)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToUpperSnake() == name)
            {
                return value;
            }
        }

        return null;
    }
}
