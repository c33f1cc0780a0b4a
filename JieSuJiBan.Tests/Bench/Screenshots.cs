namespace JieSuJiBan.Tests.Bench;

internal static class Screenshots { public static Task<int> TakeAsync() => Task.FromResult(0); }
