using System.Data.Common;

namespace JieSuJiBan.Tests.Support;

/// <summary>How SQLite means to answer a question, step by step.</summary>
internal static class QueryPlan
{
    public static IReadOnlyList<string> Of(DbCommand command)
    {
        using var explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
        explain.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        foreach (DbParameter parameter in command.Parameters)
        {
            var copy = explain.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(copy);
        }

        var steps = new List<string>();
        using var plan = explain.ExecuteReader();
        while (plan.Read())
        {
            steps.Add(plan.GetString(3));
        }

        return steps;
    }
}
