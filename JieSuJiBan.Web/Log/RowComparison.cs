using System.Collections;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore.Metadata;

namespace JieSuJiBan.Web.Log;

/// <summary>Compares a stored row and its parts with the same thing replayed from the log, property by property as the model maps them.</summary>
internal static class RowComparison
{
    public static string? FirstDifference(PortalDbContext db, object stored, object replayed)
    {
        var type = db.Model.FindEntityType(stored.GetType())!;
        foreach (var property in type.GetProperties().Where(property => !property.IsShadowProperty()))
        {
            var (left, right) = (Value(property, stored), Value(property, replayed));
            if (!StructuralComparisons.StructuralEqualityComparer.Equals(left, right))
            {
                return property.Name;
            }
        }

        return type.GetNavigations().Select(navigation => FirstDifference(db, navigation, stored, replayed)).FirstOrDefault(difference => difference is not null);
    }

    private static string? FirstDifference(PortalDbContext db, INavigation navigation, object stored, object replayed)
    {
        var key = navigation.TargetEntityType.FindPrimaryKey()!.Properties;
        var (left, right) = (Parts(navigation, stored, key), Parts(navigation, replayed, key));
        if (!left.Keys.Order(StringComparer.Ordinal).SequenceEqual(right.Keys.Order(StringComparer.Ordinal)))
        {
            return navigation.Name;
        }

        foreach (var (id, part) in left)
        {
            if (FirstDifference(db, part, right[id]) is { } difference)
            {
                return $"{navigation.Name} ({difference})";
            }
        }

        return null;
    }

    private static Dictionary<string, object> Parts(INavigation navigation, object owner, IReadOnlyList<IProperty> key) =>
        ((IEnumerable)navigation.PropertyInfo!.GetValue(owner)!).Cast<object>()
            .ToDictionary(part => string.Join('|', key.Select(property => Value(property, part))));

    // As it is stored: the same instant may have been written down in another zone.
    private static object? Value(IProperty property, object owner)
    {
        var value = property.PropertyInfo!.GetValue(owner);
        return value is not null && property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }
}
