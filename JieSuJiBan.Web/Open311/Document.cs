using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Open311;

internal enum Format
{
    Xml,
    Json,
}

/// <summary>Named values in order.</summary>
internal sealed record Fields(params (string Name, object? Value)[] Values);

/// <summary>A list; its items' name is seen in XML only.</summary>
internal sealed record Items(string Name, IEnumerable<object?> Values);

/// <summary>What is answered, once for both formats: the JSON is the XML without the names of root and items (the Spark convention).</summary>
internal sealed record Document(string Root, object Content)
{
    // Answers are data and never part of a page, so Chinese can stay legible.
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly XmlWriterSettings s_xml = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static string ContentType(Format format) => format == Format.Json ? "application/json; charset=utf-8" : "text/xml; charset=utf-8";

    public byte[] Write(Format format)
    {
        using var bytes = new MemoryStream();
        if (format == Format.Json)
        {
            using var json = new Utf8JsonWriter(bytes, s_json);
            Write(json, Content);
        }
        else
        {
            using var xml = XmlWriter.Create(bytes, s_xml);
            Write(xml, Root, Content);
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case Items items:
                json.WriteStartArray();
                items.Values.ToList().ForEach(item => Write(json, item));
                json.WriteEndArray();
                break;
            case Fields fields:
                json.WriteStartObject();
                foreach (var (name, field) in fields.Values)
                {
                    json.WritePropertyName(name);
                    Write(json, field);
                }

                json.WriteEndObject();
                break;
            default: json.WriteStringValue(Text(value)); break;
        }
    }

    private static void Write(XmlWriter xml, string name, object? value)
    {
        xml.WriteStartElement(name);
        switch (value)
        {
            case null: break;
            case Items items: items.Values.ToList().ForEach(item => Write(xml, items.Name, item)); break;
            case Fields fields: fields.Values.ToList().ForEach(field => Write(xml, field.Name, field.Value)); break;
            default: xml.WriteString(Printable(Text(value))); break;
        }

        xml.WriteEndElement();
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTimeOffset at => at.ToOffset(WorkCalendar.Beijing).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // XML has no place for control characters, and a text that holds one must not cost the answer.
    private static string Printable(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)));
}
