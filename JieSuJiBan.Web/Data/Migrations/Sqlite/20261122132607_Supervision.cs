using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Supervision : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SupervisionOrders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    IssuedFrom = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SubjectKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    SubjectId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SubjectNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ReportedUnit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RuleKey = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsOpen = table.Column<bool>(type: "INTEGER", nullable: false),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReturnCount = table.Column<int>(type: "INTEGER", nullable: false),
                    IsLate = table.Column<bool>(type: "INTEGER", nullable: false),
                    ClockAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SupervisionOrders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SupervisionParties",
                columns: table => new
                {
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsOpen = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SupervisionParties", x => new { x.OrderId, x.Unit, x.Part });
                    table.ForeignKey(
                        name: "FK_SupervisionParties_SupervisionOrders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "SupervisionOrders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_ClockAt",
                table: "SupervisionOrders",
                column: "ClockAt",
                filter: "\"ClockAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_District_Id",
                table: "SupervisionOrders",
                columns: new[] { "District", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_District_IsOpen_DueAt",
                table: "SupervisionOrders",
                columns: new[] { "District", "IsOpen", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_District_State_DueAt",
                table: "SupervisionOrders",
                columns: new[] { "District", "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_Number",
                table: "SupervisionOrders",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_SubjectId_Id",
                table: "SupervisionOrders",
                columns: new[] { "SubjectId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_SubjectId_RuleKey",
                table: "SupervisionOrders",
                columns: new[] { "SubjectId", "RuleKey" },
                unique: true,
                filter: "\"RuleKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_Unit_State_DueAt",
                table: "SupervisionOrders",
                columns: new[] { "Unit", "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionParties_Unit_IsOpen_OrderId",
                table: "SupervisionParties",
                columns: new[] { "Unit", "IsOpen", "OrderId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SupervisionParties");

            migrationBuilder.DropTable(
                name: "SupervisionOrders");
        }
    }
}
