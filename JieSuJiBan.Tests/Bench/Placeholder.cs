namespace JieSuJiBan.Tests.Bench;

internal static class RoomBench { public static Task<int> RunAsync(string[] a) => Task.FromResult(0); }
internal static class PrintBench { public static Task<int> RunAsync() => Task.FromResult(0); }
internal static class Screenshots { public static Task<int> TakeAsync() => Task.FromResult(0); }
