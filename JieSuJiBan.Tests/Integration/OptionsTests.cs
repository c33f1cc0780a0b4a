using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Tests.Integration;

/// <summary><c>appsettings.sample.json</c> and the options classes say the same.</summary>
public partial class OptionsTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    // Read where the database is set up, and not through a class.
    private static readonly string[] s_plain = ["ConnectionStrings:Sqlite"];

    private static readonly IConfigurationRoot s_sample = new ConfigurationBuilder().AddJsonFile(Path.Combine(Root(), "appsettings.sample.json")).Build();

    private static readonly List<(Type Type, string Section)> s_classes =
    [
        .. typeof(PortalOptions).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is { IsLiteral: true })
            .Select(type => (type, (string)type.GetField("Section")!.GetRawConstantValue()!)),
    ];

    [Fact]
    public void EveryOption_IsInTheSample_AndEveryKeyOfTheSampleIsAnOption()
    {
        var options = s_classes.SelectMany(one => one.Type.GetProperties().Select(property => $"{one.Section}:{property.Name}")).Concat(s_plain);
        var keys = s_sample.GetChildren().SelectMany(section => section.GetChildren()).Select(key => key.Path);

        Assert.True(s_classes.Count >= 6);
        Assert.Equal(options.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheSample_ShowsTheDefaults() => Assert.All(s_classes, one =>
    {
        var (defaults, bound) = (Activator.CreateInstance(one.Type)!, Activator.CreateInstance(one.Type)!);

        s_sample.GetSection(one.Section).Bind(bound, binder => binder.ErrorOnUnknownConfiguration = true);

        Assert.All(one.Type.GetProperties(), property =>
        {
            Assert.Equal(property.GetValue(defaults), property.GetValue(bound));
            if (s_sample[$"{one.Section}:{property.Name}"] is { Length: > 0 } written)
            {
                Assert.Equal(property.GetValue(defaults), TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(written));
            }
        });
    });

    [Fact]
    public async Task EverySection_ReachesItsClass()
    {
        await using var set = new Set();

        Assert.All(s_classes, one => Assert.All(one.Type.GetProperties(), property =>
        {
            var usual = property.GetValue(Activator.CreateInstance(one.Type));
            var value = property.GetValue(Set.Read(set, one.Type));
            Assert.True(property.Name == "Folder" || !Same(usual, value), $"{one.Section}:{property.Name} is {value} whatever is configured");
        }));
    }

    [Theory]
    [InlineData("Circuits:Retention", "02:00:00"), InlineData("Circuits:MaxRetained", "-1"), InlineData("Clock:Tick", "00:00:00"), InlineData("Clock:Tick", "bald")]
    public async Task ASenselessValue_KeepsThePortalFromStarting(string key, string value)
    {
        await using var wrong = new Wrong(key, value);

        Assert.ThrowsAny<Exception>(() => wrong.Services);
    }

    [Fact]
    public void EverySectionThatIsRead_HasAnOptionsClass()
    {
        var read = Directory.EnumerateFiles(Path.Combine(Root(), "JieSuJiBan.Web"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Sections().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct();

        Assert.Equal(s_classes.Select(one => $"{one.Type.Name}.Section").Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        Assert.NotEmpty(portal.Get<IConfiguration>()["Storage:Folder"]!);
    }

    private static bool Same(object? left, object? right) => left is IList a && right is IList b ? a.Count == b.Count : Equals(left, right);

    private static string Root()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "JieSuJiBan.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        return root;
    }

    [GeneratedRegex(@"(?:BindConfiguration|GetSection)\((\w+\.Section|""[^""]*"")\)")]
    private static partial Regex Sections();

    /// <summary>A portal in which every option is something else than usual.</summary>
    private sealed class Set : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => s_classes
            .SelectMany(one => one.Type.GetProperties().Where(property => property.Name != "Folder").Select(property => Other(one, property)));

        public static object Read(PortalFixture portal, Type type) =>
            ((Func<PortalFixture, object>)(Read<PortalOptions>)).Method.GetGenericMethodDefinition().MakeGenericMethod(type).Invoke(null, [portal])!;

        private static object Read<T>(PortalFixture portal)
            where T : class => portal.Get<IOptions<T>>().Value;

        private static (string, string) Other((Type Type, string Section) one, PropertyInfo property)
        {
            var key = $"{one.Section}:{property.Name}";
            return property.GetValue(Activator.CreateInstance(one.Type)) switch
            {
                bool flag => (key, flag ? "false" : "true"),
                TimeSpan span => (key, (span * 2).ToString()),
                int number => (key, (number + 1).ToString(CultureInfo.InvariantCulture)),
                Uri => (key, "https://else.example/"),
                IList => ($"{key}:0", "192.0.2.1"),
                _ => (key, "/else"),
            };
        }
    }

    private sealed class Wrong(string key, string value) : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [(key, value)];
    }
}
