using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DispatchDaysAreCounted : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Triage_District_DispatchedAt_IsAutomatic_IsRight_Proposed_Confidence",
                table: "Triage");

            migrationBuilder.CreateTable(
                name: "DispatchDays",
                columns: table => new
                {
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Day = table.Column<int>(type: "INTEGER", nullable: false),
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    IsAutomatic = table.Column<int>(type: "INTEGER", nullable: false),
                    Verdict = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DispatchDays", x => new { x.District, x.Day, x.Step, x.IsAutomatic, x.Verdict });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Triage_District_DispatchedAt",
                table: "Triage",
                columns: new[] { "District", "DispatchedAt" },
                filter: "\"IsRight\" = 0");

            // The database itself keeps count, so that nobody who writes triages, one or a hundred thousand, can forget to.
            migrationBuilder.Sql("""
                INSERT INTO "DispatchDays" ("District", "Day", "Step", "IsAutomatic", "Verdict", "Count")
                SELECT "District", ("DispatchedAt" + 288000000000) / 864000000000, CASE WHEN "Proposed" IS NULL THEN -1 ELSE CAST("Confidence" * 100 AS INTEGER) END, "IsAutomatic",
                    COALESCE("IsRight", -1), COUNT(*)
                FROM "Triage" WHERE "DispatchedAt" IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
                CREATE TRIGGER "TriageCounted" AFTER INSERT ON "Triage"
                BEGIN
                    INSERT INTO "DispatchDays" ("District", "Day", "Step", "IsAutomatic", "Verdict", "Count")
                    SELECT NEW."District", (NEW."DispatchedAt" + 288000000000) / 864000000000, CASE WHEN NEW."Proposed" IS NULL THEN -1 ELSE CAST(NEW."Confidence" * 100 AS INTEGER) END, NEW."IsAutomatic", COALESCE(NEW."IsRight", -1), 1 WHERE NEW."DispatchedAt" IS NOT NULL
                    ON CONFLICT ("District", "Day", "Step", "IsAutomatic", "Verdict") DO UPDATE SET "Count" = "Count" + excluded."Count";
                END;
                CREATE TRIGGER "TriageCountedAnew" AFTER UPDATE OF "DispatchedAt", "Proposed", "Confidence", "IsAutomatic", "IsRight" ON "Triage"
                BEGIN
                    INSERT INTO "DispatchDays" ("District", "Day", "Step", "IsAutomatic", "Verdict", "Count")
                    SELECT OLD."District", (OLD."DispatchedAt" + 288000000000) / 864000000000, CASE WHEN OLD."Proposed" IS NULL THEN -1 ELSE CAST(OLD."Confidence" * 100 AS INTEGER) END, OLD."IsAutomatic", COALESCE(OLD."IsRight", -1), -1 WHERE OLD."DispatchedAt" IS NOT NULL
                    ON CONFLICT ("District", "Day", "Step", "IsAutomatic", "Verdict") DO UPDATE SET "Count" = "Count" + excluded."Count";
                    INSERT INTO "DispatchDays" ("District", "Day", "Step", "IsAutomatic", "Verdict", "Count")
                    SELECT NEW."District", (NEW."DispatchedAt" + 288000000000) / 864000000000, CASE WHEN NEW."Proposed" IS NULL THEN -1 ELSE CAST(NEW."Confidence" * 100 AS INTEGER) END, NEW."IsAutomatic", COALESCE(NEW."IsRight", -1), 1 WHERE NEW."DispatchedAt" IS NOT NULL
                    ON CONFLICT ("District", "Day", "Step", "IsAutomatic", "Verdict") DO UPDATE SET "Count" = "Count" + excluded."Count";
                END;
                CREATE TRIGGER "TriageDropped" AFTER DELETE ON "Triage"
                BEGIN
                    INSERT INTO "DispatchDays" ("District", "Day", "Step", "IsAutomatic", "Verdict", "Count")
                    SELECT OLD."District", (OLD."DispatchedAt" + 288000000000) / 864000000000, CASE WHEN OLD."Proposed" IS NULL THEN -1 ELSE CAST(OLD."Confidence" * 100 AS INTEGER) END, OLD."IsAutomatic", COALESCE(OLD."IsRight", -1), -1 WHERE OLD."DispatchedAt" IS NOT NULL
                    ON CONFLICT ("District", "Day", "Step", "IsAutomatic", "Verdict") DO UPDATE SET "Count" = "Count" + excluded."Count";
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TRIGGER "TriageCounted"; DROP TRIGGER "TriageCountedAnew"; DROP TRIGGER "TriageDropped";""");

            migrationBuilder.DropTable(
                name: "DispatchDays");

            migrationBuilder.DropIndex(
                name: "IX_Triage_District_DispatchedAt",
                table: "Triage");

            migrationBuilder.CreateIndex(
                name: "IX_Triage_District_DispatchedAt_IsAutomatic_IsRight_Proposed_Confidence",
                table: "Triage",
                columns: new[] { "District", "DispatchedAt", "IsAutomatic", "IsRight", "Proposed", "Confidence" });
        }
    }
}
